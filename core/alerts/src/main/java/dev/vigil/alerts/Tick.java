package dev.vigil.alerts;

/**
 * The time of one evaluation. Durations are counted in time that was watched: what passed while the
 * machine was suspended, the process stopped or the evaluator held up counts for nothing.
 *
 * <p>One object, moved on by {@link #advance}, so that a quiet evaluation allocates nothing. Not
 * thread-safe.
 */
final class Tick {

  /** A gap of more than this many intervals is none that the conditions were watched in. */
  private static final int LONGEST_GAP = 3;

  private final long longestGap;
  private boolean started;
  private long raw;
  private long now;
  private long step;
  private long wallMillis;
  private boolean afterGap;

  Tick(long intervalNanos) {
    longestGap = LONGEST_GAP * intervalNanos;
  }

  /**
   * Moves on to the next evaluation.
   *
   * @param rawNanos a reading of the monotonic clock; where it went back, no time has passed
   * @param wallMillis what the calendar says, for people only
   */
  void advance(long rawNanos, long wallMillis) {
    long passed = started ? rawNanos - raw : 0;
    afterGap = passed > longestGap || passed < 0;
    step = afterGap ? 0 : passed;
    now += step;
    raw = rawNanos;
    started = true;
    this.wallMillis = wallMillis;
  }

  /** Whether there has been an evaluation. */
  boolean started() {
    return started;
  }

  /** Watched nanoseconds since the first evaluation. */
  long now() {
    return now;
  }

  /** Watched nanoseconds since the evaluation before. */
  long step() {
    return step;
  }

  /** The reading of the monotonic clock. */
  long raw() {
    return raw;
  }

  /** Milliseconds of the calendar since 1970. */
  long wallMillis() {
    return wallMillis;
  }

  /** Whether nobody watched since the evaluation before: nothing may fire or resolve by it. */
  boolean afterGap() {
    return afterGap;
  }
}
