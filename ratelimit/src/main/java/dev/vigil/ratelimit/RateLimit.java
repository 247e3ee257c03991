package dev.vigil.ratelimit;

import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * So many permits per window.
 *
 * <p>Windows are fixed: they follow one another without a gap, aligned to the epoch, and each
 * starts with all permits. A caller that spends one window's permits at its end and the next one's
 * at its start gets twice the limit within a short time; where that matters, add a second, shorter
 * limit to the {@link Plan}.
 *
 * <p>Immutable.
 */
public final class RateLimit {

  /** The most permits per window: a thousand million, so that counters have room for all. */
  public static final int MOST_PERMITS = 1_000_000_000;

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(31);

  private final int permits;
  private final Duration window;
  private final long millis; // a Duration is slow to ask

  /** The window that was open when last asked; a memory of a pure function, so no lock. */
  private Turn turn = new Turn(0, 0, 0);

  private RateLimit(int permits, Duration window) {
    this.permits = permits;
    this.window = window;
    millis = window.toMillis();
  }

  /**
   * So many per window: {@code RateLimit.of(1000, ofMinutes(1))}.
   *
   * @param permits how many, 1 to {@value #MOST_PERMITS}
   * @param window how long a window is, 10 ms to 31 days in whole milliseconds
   * @throws IllegalArgumentException if a value is out of its range
   */
  public static RateLimit of(int permits, Duration window) {
    Require.between("permits", 1, MOST_PERMITS, permits);
    Objects.requireNonNull(window, "window");
    if (window.compareTo(SHORTEST) < 0
        || window.compareTo(LONGEST) > 0
        || !window.equals(window.truncatedTo(ChronoUnit.MILLIS))) {
      throw new IllegalArgumentException(
          "window must be whole milliseconds between "
              + SHORTEST
              + " and "
              + LONGEST
              + " but was "
              + window);
    }
    return new RateLimit(permits, window);
  }

  /** So many per second. */
  public static RateLimit perSecond(int permits) {
    return of(permits, Duration.ofSeconds(1));
  }

  /** So many per minute. */
  public static RateLimit perMinute(int permits) {
    return of(permits, Duration.ofMinutes(1));
  }

  /** So many per hour. */
  public static RateLimit perHour(int permits) {
    return of(permits, Duration.ofHours(1));
  }

  /** How many per window. */
  public int permits() {
    return permits;
  }

  /** How long a window is. */
  public Duration window() {
    return window;
  }

  /** One window: its number since the epoch, its first millisecond, and the next one's first. */
  record Turn(long id, long start, long end) {}

  /**
   * The window open at a moment since the epoch; dividing takes longer than the rest of counting.
   */
  Turn turnAt(long now) {
    Turn known = turn;
    return now >= known.start && now < known.end ? known : divide(now);
  }

  private Turn divide(long now) {
    long id = Math.floorDiv(now, millis);
    Turn next = new Turn(id, id * millis, (id + 1) * millis);
    turn = next;
    return next;
  }

  long millis() {
    return millis;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RateLimit that && permits == that.permits && millis == that.millis;
  }

  @Override
  public int hashCode() {
    return 31 * permits + Long.hashCode(millis);
  }

  /** For example {@code 1000 per PT1M}. */
  @Override
  public String toString() {
    return permits + " per " + window;
  }
}
