package dev.vigil.alerts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a channel waits after a failed attempt: one second, doubled with each further failure in
 * a row up to a minute, give or take a fifth so that many processes do not come back at once; or as
 * long as the receiver asks for.
 */
final class RetryPlan {

  /** What is not delivered by then is given up; a receiver cannot ask for more either. */
  static final Duration GIVE_UP = Duration.ofMinutes(15);

  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST = Duration.ofMinutes(1).toNanos();
  private static final double JITTER = 0.2;

  private RetryPlan() {}

  /**
   * Nanoseconds to wait.
   *
   * @param failures how many attempts in a row have failed, the last one included
   * @param retryAfter how long the receiver asks to wait, null where it does not
   * @param random from 0 to 1
   */
  static long delay(int failures, @Nullable Duration retryAfter, double random) {
    if (retryAfter != null) {
      Duration asked = retryAfter.compareTo(GIVE_UP) < 0 ? retryAfter : GIVE_UP;
      return Math.max(FIRST, asked.toNanos()); // "at once", or a date that is past, is no pause
    }
    long doubled = FIRST << Math.min(failures - 1, 6); // 64 s: beyond the longest
    return (long) (Math.min(doubled, LONGEST) * (1 - JITTER + 2 * JITTER * random));
  }
}
