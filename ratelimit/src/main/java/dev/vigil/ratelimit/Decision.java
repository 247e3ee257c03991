package dev.vigil.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The answer to one request for permits.
 *
 * <p>Where several limits hold, {@link #limit()}, {@link #remaining()} and {@link #resetAt()} speak
 * of the tightest: of an admitted request the one with the least remaining, of a denied one the
 * denying limit that resets last.
 *
 * <p>"Denied" and "the store did not answer" are different values: see {@link #unavailable()}.
 *
 * <p>Immutable and thread-safe. Accessors that return objects make them when called, so that a
 * caller that only asks {@link #allowed()} pays for no more.
 */
public final class Decision {

  /** Who decided. */
  public enum Source {
    /** The store that all instances share. */
    SHARED,
    /** This JVM, which remembers the shared store's denial in the window that is still open. */
    DENIAL_MEMORY,
    /** This JVM's own count. */
    LOCAL,
    /** Nobody: the store did not answer in time and the request was let through. */
    FAIL_OPEN,
    /** Nobody: the store did not answer in time and the request was refused. */
    FAIL_CLOSED
  }

  private final boolean allowed;
  private final boolean shadowed;
  private final RateLimit limit;
  private final long remaining;
  private final long resetAtMillis;
  private final Source source;
  private final InstantSource clock;

  private Decision(
      boolean allowed,
      boolean shadowed,
      RateLimit limit,
      long remaining,
      long resetAtMillis,
      Source source,
      InstantSource clock) {
    this.allowed = allowed;
    this.shadowed = shadowed;
    this.limit = limit;
    this.remaining = remaining;
    this.resetAtMillis = resetAtMillis;
    this.source = source;
    this.clock = clock;
  }

  /**
   * A decision, for those who write a limiter.
   *
   * @param allowed whether the request may go on
   * @param limit the tightest limit
   * @param remaining permits left in the window, zero or more
   * @param resetAtMillis when the window ends, in milliseconds since the epoch by {@code clock}
   * @param source who decided
   * @param clock the limiter's own clock
   */
  public static Decision of(
      boolean allowed,
      RateLimit limit,
      long remaining,
      long resetAtMillis,
      Source source,
      InstantSource clock) {
    return new Decision(allowed, false, limit, remaining, resetAtMillis, source, clock);
  }

  /** Whether the request may go on. */
  public boolean allowed() {
    return allowed;
  }

  /** Whether the limit would have denied a request that shadow mode let through. */
  public boolean shadowed() {
    return shadowed;
  }

  /** The tightest limit. */
  public RateLimit limit() {
    return limit;
  }

  /** Permits left in the window, zero or more; other callers may take them meanwhile. */
  public long remaining() {
    return remaining;
  }

  /** When the window ends and all permits are there again, by the limiter's clock. */
  public Instant resetAt() {
    return Instant.ofEpochMilli(resetAtMillis);
  }

  /** How long from this call until {@link #resetAt()}; zero when that is past. */
  public Duration resetAfter() {
    return Duration.ofMillis(Math.max(0, resetAtMillis - clock.millis()));
  }

  /**
   * How long to wait, from this call, before a request has a chance: zero for an admitted one,
   * otherwise {@link #resetAfter()}.
   */
  public Duration retryAfter() {
    return allowed ? Duration.ZERO : resetAfter();
  }

  /** Who decided. */
  public Source source() {
    return source;
  }

  /** Whether nobody counted this request: the store was unwell, and nothing is known of the key. */
  public boolean unavailable() {
    return source == Source.FAIL_OPEN || source == Source.FAIL_CLOSED;
  }

  /** The same, let through: what shadow mode makes of a denial. */
  Decision inShadow() {
    return allowed
        ? this
        : new Decision(true, true, limit, remaining, resetAtMillis, source, clock);
  }

  /** For logs; holds no key. */
  @Override
  public String toString() {
    return (allowed ? "allowed" : "denied")
        + (shadowed ? " (shadow)" : "")
        + " by "
        + source
        + ", "
        + remaining
        + " left of "
        + limit
        + ", reset at "
        + resetAt();
  }
}
