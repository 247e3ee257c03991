package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

/**
 * A meter whose value comes from a function of the application's. What has been read is written by
 * the thread that reads, and looked at by the evaluator once it knows that this thread has gone on
 * ({@link ReadingThread#done}, {@link #returned}); the rest belongs to the evaluator.
 */
final class ForeignMeter {

  private final Meter meter;
  private final MeterReader reader;

  private double value = Double.NaN;
  private double amount = Double.NaN;
  private @Nullable Throwable failure;

  /** How long the last read in a thread of its own took, in nanoseconds. */
  private long took;

  private volatile boolean returned;

  /** Whether it is read in a thread of its own, since it has once kept the others waiting. */
  private boolean apart;

  private boolean fresh;
  private boolean blocked;
  private boolean asked;
  private long freshAt;
  private boolean told;

  ForeignMeter(Meter meter, MeterReader reader) {
    this.meter = meter;
    this.reader = reader;
  }

  Meter meter() {
    return meter;
  }

  /** Calls the application's function. */
  void read() {
    try {
      value = reader.value(meter);
      amount = reader.amount(meter);
      failure = null;
    } catch (Throwable thrown) { // the top of a thread of ours: whatever it is, the others are read
      value = Double.NaN;
      amount = Double.NaN;
      failure = thrown;
    }
  }

  /** The thread that has read this alone is done. */
  void returned(long took) {
    this.took = took;
    this.returned = true;
  }

  boolean hasReturned() {
    return returned;
  }

  double value() {
    return value;
  }

  double amount() {
    return amount;
  }

  /** What the function has thrown, the first time that it throws. */
  @Nullable Throwable news() {
    if (failure == null || told) {
      return null;
    }
    told = true;
    return failure;
  }

  long took() {
    return took;
  }

  boolean apart() {
    return apart;
  }

  void setApart(boolean apart) {
    this.apart = apart;
    this.returned = false;
  }

  /** Whether a value has been read since the snapshot before. */
  boolean fresh() {
    return fresh;
  }

  void setFresh(boolean fresh) {
    this.fresh = fresh;
  }

  /** Whether nothing has been read for an interval. */
  boolean blocked() {
    return blocked;
  }

  /**
   * Judges it at a snapshot.
   *
   * @return whether this is the snapshot at which it turned out to be blocked, or no longer to be
   */
  boolean judge(long now, long interval) {
    if (fresh || !asked) {
      freshAt = fresh ? now : now - interval;
      asked = true;
    }
    boolean was = blocked;
    // Found late at one snapshot, and still so at the next, give or take an eighth of an interval.
    blocked = !fresh && now - freshAt >= 2 * interval - interval / 8;
    return blocked != was;
  }
}
