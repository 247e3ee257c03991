package dev.vigil.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One check's part of a {@link HealthReport}: its status, and what an authorised reader may see
 * besides.
 *
 * <p>Immutable and thread-safe. Message, data and {@link #cause()} are as the check gave them:
 * whoever shows them redacts them first (the endpoint does).
 */
public final class CheckReport {

  private final CheckPolicy policy;
  private final CheckState state;
  private final HealthStatus status;
  private final @Nullable String note;
  private final Flag flag;

  /** Why a report says something else than the last result does. */
  enum Flag {
    NONE,
    PENDING,
    STALE,
    TIMED_OUT,
    SKIPPED,
    DRILL
  }

  CheckReport(
      CheckPolicy policy, CheckState state, HealthStatus status, @Nullable String note, Flag flag) {
    this.policy = policy;
    this.state = state;
    this.status = status;
    this.note = note;
    this.flag = flag;
  }

  /** The name under which the check is registered. */
  public String name() {
    return policy.name();
  }

  /** The status that counts: damped by the check's thresholds. */
  public HealthStatus status() {
    return status;
  }

  /** What the last run found by itself, before thresholds; empty before the first result. */
  public Optional<HealthStatus> rawStatus() {
    return Optional.ofNullable(state.rawStatus());
  }

  /** For people: why it is as it is. */
  public Optional<String> message() {
    return Optional.ofNullable(note != null ? note : state.message());
  }

  /** The last result's figures and facts, in order. */
  public Map<String, Object> data() {
    return state.data();
  }

  /** What the last result came with or threw. */
  public Optional<Throwable> cause() {
    return Optional.ofNullable(state.cause());
  }

  /** The id under which the log has the text of {@link #cause()}. */
  public Optional<String> errorId() {
    return Optional.ofNullable(state.errorId());
  }

  /** How long the last run took, or the time-out where it has not returned. */
  public Optional<Duration> responseTime() {
    return state.isPending() ? Optional.empty() : Optional.of(Duration.ofNanos(state.tookNanos()));
  }

  /** When the last result came, by the wall clock. */
  public Optional<Instant> checkedAt() {
    return state.isPending()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(state.endedMillis()));
  }

  /** Since when the (damped) status of the check's results has been what it is. */
  public Optional<Instant> since() {
    return state.isPending()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(state.sinceMillis()));
  }

  /** How many runs in a row have failed; 0 after one that did not. */
  public int consecutiveFailures() {
    return state.failures();
  }

  /** Whether there has been no result yet. */
  public boolean pending() {
    return state.isPending();
  }

  /** Whether what is shown is older than it should be. */
  public boolean stale() {
    return flag == Flag.STALE;
  }

  /**
   * Whether the last run has passed its time-out without returning, or this answer could not wait
   * for it.
   */
  public boolean timedOut() {
    return flag == Flag.TIMED_OUT || state.overdue();
  }

  /** Whether a run has passed its time-out and has not come back. */
  public boolean stuck() {
    return state.overdue();
  }

  /** How many runs have passed their time-out since the check was registered. */
  public long timeouts() {
    return state.timeouts();
  }

  /** Which check it depends on, where that one is unhealthy and this one was therefore not run. */
  public Optional<String> skippedBecause() {
    return flag == Flag.SKIPPED ? Optional.ofNullable(note) : Optional.empty();
  }

  /**
   * Whether a drill is under way, so that the status is what it says and not what was found; {@link
   * #message()} then begins with {@code DRILL} and tells by whom.
   */
  public boolean drill() {
    return flag == Flag.DRILL;
  }

  CheckReport drilled(Drills.Drill drill) {
    return new CheckReport(
        policy, state, drill.status(), drill.words() + ", in truth " + status.word(), Flag.DRILL);
  }

  /**
   * Where the run that has not returned hung at its time-out: frames, innermost first, at most 15.
   */
  public List<String> stuckAt() {
    return state.stuckAt();
  }

  /** What its status means for the whole. */
  public Importance importance() {
    return policy.importance();
  }

  /** The tags it was registered with. */
  public Set<String> tags() {
    return policy.tags();
  }

  /** What it adds to the whole. */
  HealthStatus weight() {
    return switch (policy.importance()) {
      case CRITICAL -> status;
      case NOT_CRITICAL -> status.atWorst(HealthStatus.DEGRADED);
      case INFORMATIONAL -> HealthStatus.HEALTHY;
    };
  }

  /** For logs and debuggers; shows no message and no data. */
  @Override
  public String toString() {
    return name() + "=" + status.word();
  }
}
