package dev.vigil.alerts;

import dev.vigil.core.Secret;
import dev.vigil.core.internal.Require;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * A dead man's switch: somebody outside is told, again and again, that alerts work, and raises the
 * alarm when that stops. A process that is dead, hangs, or cannot reach its receivers sends no
 * alert; this is how it is noticed.
 *
 * <p>An empty JSON object is posted to the URL as long as rules are evaluated on time and at least
 * one channel can deliver. Healthchecks.io, Dead Man's Snitch, Cronitor, Better Stack and Uptime
 * Kuma take such a request. The URL counts as a secret: it is in no log line and no exception.
 *
 * <pre>{@code
 * Watchdog.posting(Secret.of(System.getenv("WATCHDOG_URL"))).every(Duration.ofMinutes(1))
 * }</pre>
 *
 * <p>Immutable, thread-safe.
 */
public final class Watchdog {

  private final URI url;
  private final Duration every;

  private Watchdog(URI url, Duration every) {
    this.url = url;
    this.every = every;
  }

  /**
   * Posts to this URL every minute.
   *
   * @throws IllegalArgumentException if it is not an http or https URL with a host; the message
   *     does not hold it
   */
  public static Watchdog posting(Secret url) {
    Objects.requireNonNull(url, "url");
    return new Watchdog(parse(url), Duration.ofMinutes(1));
  }

  private static URI parse(Secret url) {
    URI uri;
    try {
      uri = URI.create(url.reveal().strip());
    } catch (IllegalArgumentException holdsTheUrl) {
      uri = URI.create("");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http"))
        || uri.getHost() == null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the watchdog's URL must be http or https, with a host and without user info");
    }
    return uri;
  }

  /** The same with another pause between requests, at least one second. */
  public Watchdog every(Duration every) {
    Require.positive("every", every);
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("every must be at least PT1S but was " + every);
    }
    return new Watchdog(url, every);
  }

  URI url() {
    return url;
  }

  Duration every() {
    return every;
  }

  /** Without the URL. */
  @Override
  public String toString() {
    return "Watchdog every " + every;
  }
}
