package dev.vigil.headers;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * {@code Strict-Transport-Security}: for how long browsers use HTTPS only, once they have seen it.
 *
 * <p>Sent on secure requests alone, as the standard says. Checked when a policy is built from it:
 * whole seconds, at most ten years, and {@link #preload()} only where <a
 * href="https://hstspreload.org">the preload list</a> would take it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param maxAge for how long, in whole seconds; zero makes browsers forget
 * @param includesSubDomains whether it holds for all names below too
 * @param preloads whether it asks to be built into browsers
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6797">RFC 6797</a>
 */
public record StrictTransport(Duration maxAge, boolean includesSubDomains, boolean preloads) {

  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Hstspreload.org, submission requirements: max-age of at least one year. */
  private static final Duration SHORTEST_PRELOAD = Duration.ofDays(365);

  /** Checks that the age is there. */
  public StrictTransport {
    Objects.requireNonNull(maxAge, "maxAge");
  }

  /**
   * HTTPS only, on this host, for so long.
   *
   * @param maxAge zero to ten years
   */
  public static StrictTransport maxAge(Duration maxAge) {
    return new StrictTransport(maxAge, false, false);
  }

  /** The same for all names below this host too. */
  public StrictTransport includeSubDomains() {
    return new StrictTransport(maxAge, true, preloads);
  }

  /**
   * The same, asking to be built into browsers. Takes months to undo, so never a default; needs one
   * year and {@link #includeSubDomains()}.
   */
  public StrictTransport preload() {
    return new StrictTransport(maxAge, includesSubDomains, true);
  }

  /** The header's value. */
  public String value() {
    return "max-age="
        + maxAge.toSeconds()
        + (includesSubDomains ? "; includeSubDomains" : "")
        + (preloads ? "; preload" : "");
  }

  void check(Faults faults) {
    String where = "Strict-Transport-Security";
    if (maxAge.isNegative()) {
      faults.add(where, "max-age is negative, " + maxAge, "use zero to make browsers forget");
    } else if (maxAge.compareTo(LONGEST) > 0) {
      faults.add(where, "max-age is more than ten years, " + maxAge, "two years are advised");
    } else if (!maxAge.equals(maxAge.truncatedTo(ChronoUnit.SECONDS))) {
      faults.add(where, "max-age has a fraction of a second, " + maxAge, "use whole seconds");
    }
    if (preloads && maxAge.compareTo(SHORTEST_PRELOAD) < 0) {
      faults.add(
          where,
          "preload with a max-age of " + maxAge.toSeconds() + " s",
          "the preload list takes no less than " + SHORTEST_PRELOAD.toSeconds() + " s");
    }
    if (preloads && !includesSubDomains) {
      faults.add(
          where, "preload without includeSubDomains", "the preload list takes whole domains only");
    }
  }
}
