package dev.vigil.alerts;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names rules that take long, at most once a minute. */
final class SlowRules {

  private static final Logger log = LoggerFactory.getLogger(AlertEngine.class);
  private static final long SLOW = Duration.ofMillis(100).toNanos();
  private static final long QUIET = Duration.ofMinutes(1).toNanos();

  private boolean told;
  private long toldAt;
  private int since;

  /** Takes note of how long one evaluation of a rule took. */
  void took(String rule, long nanos, long now) {
    if (nanos < SLOW) {
      return;
    }
    since++;
    if (told && now - toldAt < QUIET) {
      return;
    }
    log.warn(
        "alert rule {} took {} ms to evaluate, which delays all others; {} such evaluation(s) since"
            + " the last warning",
        rule,
        Duration.ofNanos(nanos).toMillis(),
        since);
    told = true;
    toldAt = now;
    since = 0;
  }
}
