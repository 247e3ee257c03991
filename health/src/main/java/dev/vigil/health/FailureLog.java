package dev.vigil.health;

import dev.vigil.core.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators read of checks: one line per change, per new kind of failure, and per run that
 * hangs; nothing per occurrence. All of it redacted.
 */
final class FailureLog {

  private static final Logger log = LoggerFactory.getLogger(HealthRegistry.class);

  private FailureLog() {}

  /**
   * The id that ties a report to the log: a new one for a new kind of failure, the old one while
   * the same kind goes on, since the log has that one already.
   */
  static @Nullable String errorId(CheckState before, HealthResult now) {
    Throwable cause = now.cause();
    if (cause == null) {
      return null;
    }
    Throwable earlier = before.cause();
    boolean goesOn = earlier != null && earlier.getClass() == cause.getClass();
    return goesOn && before.errorId() != null ? before.errorId() : newId();
  }

  /** 40 bits, as eight characters of base 32: enough to find a line in a log by. */
  private static String newId() {
    long bits = ThreadLocalRandom.current().nextLong(1L << 40) + (1L << 40);
    return Long.toString(bits, 32).substring(1);
  }

  static HealthChange change(String name, CheckState before, CheckState after) {
    String message = after.message();
    return new HealthChange(
        name,
        before.isPending() ? null : before.status(),
        after.status(),
        Instant.ofEpochMilli(after.endedMillis()),
        message == null ? null : Redactor.standard().redact(message));
  }

  static void returned(CheckPolicy policy, CheckState before, CheckState after) {
    boolean changed = after.changedFrom(before);
    boolean newFailure = after.errorId() != null && !after.errorId().equals(before.errorId());
    if (!changed && !newFailure) {
      return;
    }
    String name = policy.name();
    Throwable cause = after.cause();
    if (newFailure && cause != null) {
      log.warn(
          "check \"{}\" is {} after {} failure(s) in a row: {} [error id {}]",
          name,
          after.status().word(),
          after.failures(),
          text(after),
          after.errorId(),
          Redactor.standard().redact(cause));
    } else if (after.status() != HealthStatus.HEALTHY) {
      log.warn("check \"{}\" is {}: {}", name, after.status().word(), text(after));
    } else if (!before.isPending()) {
      log.info("check \"{}\" is healthy again", name);
    }
  }

  static void timedOut(
      CheckPolicy policy, CheckState after, List<String> frames, boolean neverBegan) {
    if (neverBegan) {
      log.warn("check \"{}\" is {}: {}", policy.name(), after.status().word(), text(after));
    } else {
      log.warn(
          "check \"{}\" has not returned within {} and will not be run again before it does"
              + " (it is {}, after {} failure(s) in a row); {}",
          policy.name(),
          words(policy.timeout()),
          after.status().word(),
          after.failures(),
          frames.isEmpty()
              ? "its stage has not completed"
              : "it hangs at " + String.join(" < ", frames));
    }
  }

  private static String text(CheckState state) {
    String message = state.message();
    return message == null ? "no message" : Redactor.standard().redact(message);
  }

  /** A duration as people say it. */
  static String words(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    if (millis == 0) {
      return nanos + " ns";
    }
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
