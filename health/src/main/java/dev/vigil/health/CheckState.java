package dev.vigil.health;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check: its last result, and the status damped by its thresholds. Immutable;
 * knows no thread and no clock.
 *
 * @param result the last result; {@code null} before the first
 * @param status the damped status
 * @param failures failures in a row
 * @param successes results in a row that were no failure
 * @param endTick when the last result came, by the ticker
 * @param endedMillis the same by the wall clock
 * @param sinceMillis since when {@code status} holds
 * @param tookNanos how long the last run took
 * @param timeouts how many runs have passed their time-out so far
 * @param overdue whether the last run has passed its time-out and not returned since
 * @param stuckAt where it hung then
 * @param errorId the id under which the log has the last failure's text
 */
record CheckState(
    @Nullable HealthResult result,
    HealthStatus status,
    int failures,
    int successes,
    long endTick,
    long endedMillis,
    long sinceMillis,
    long tookNanos,
    long timeouts,
    boolean overdue,
    List<String> stuckAt,
    @Nullable String errorId) {

  /** Before the first result. */
  static final CheckState PENDING =
      new CheckState(null, HealthStatus.UNHEALTHY, 0, 0, 0, 0, 0, 0, 0, false, List.of(), null);

  /**
   * The state after a run has returned.
   *
   * <p>A run that was counted as a failure at its time-out and fails late is still one failure;
   * where it succeeds late, that is the newest result.
   */
  CheckState returned(
      CheckPolicy policy,
      HealthResult now,
      @Nullable String errorId,
      long tick,
      long millis,
      long took) {
    boolean failed = now.status() == HealthStatus.UNHEALTHY;
    int failuresNow = failed ? (overdue ? failures : failures + 1) : 0;
    int successesNow = failed ? 0 : successes + 1;
    return then(
        policy, now, failuresNow, successesNow, tick, millis, took, false, List.of(), errorId);
  }

  /** The state after a run has passed its time-out, or has hung for another of them. */
  CheckState timedOut(
      CheckPolicy policy,
      HealthResult why,
      List<String> stuckAt,
      long tick,
      long millis,
      long took) {
    return then(policy, why, failures + 1, 0, tick, millis, took, true, stuckAt, null);
  }

  private CheckState then(
      CheckPolicy policy,
      HealthResult now,
      int failuresNow,
      int successesNow,
      long tick,
      long millis,
      long took,
      boolean overdueNow,
      List<String> stuckAtNow,
      @Nullable String errorIdNow) {
    HealthStatus next = damped(policy, now.status(), failuresNow, successesNow);
    long since = isPending() || next != status ? millis : sinceMillis;
    return new CheckState(
        now,
        next,
        failuresNow,
        successesNow,
        tick,
        millis,
        since,
        took,
        overdueNow && !overdue ? timeouts + 1 : timeouts,
        overdueNow,
        stuckAtNow,
        errorIdNow);
  }

  private HealthStatus damped(
      CheckPolicy policy, HealthStatus raw, int failuresNow, int successesNow) {
    if (isPending()) {
      return raw; // nothing to hold on to
    }
    boolean down = status == HealthStatus.UNHEALTHY;
    boolean failed = raw == HealthStatus.UNHEALTHY;
    if (down != failed) {
      boolean enough =
          failed
              ? failuresNow >= policy.failureThreshold()
              : successesNow >= policy.successThreshold();
      return enough ? raw : status;
    }
    return raw;
  }

  boolean isPending() {
    return result == null;
  }

  boolean failing() {
    return failures > 0;
  }

  @Nullable HealthStatus rawStatus() {
    return result == null ? null : result.status();
  }

  @Nullable String message() {
    return result == null ? null : result.message();
  }

  Map<String, Object> data() {
    return result == null ? Map.of() : result.data();
  }

  @Nullable Throwable cause() {
    return result == null ? null : result.cause();
  }

  /** The status that the next report shows has changed; the first result counts as a change. */
  boolean changedFrom(CheckState before) {
    return before.isPending() || before.status != status;
  }

  HealthResult known() {
    return Objects.requireNonNull(result, "result");
  }
}
