package dev.vigil.metrics.report;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The values since the last look, beside the meter that has them for good. Recording never waits
 * for a reader. Thread-safe.
 */
final class Interval {

  /** Every figure is within 1 % of the truth. */
  private static final int DIGITS = 2;

  /** How many steps a unit has: nanoseconds of a second, millionths of a ratio. */
  private final double steps;

  private final Recorder recorder = new Recorder(DIGITS);
  private @Nullable Histogram spare; // guarded by this

  Interval(double steps) {
    this.steps = steps;
  }

  /** Takes in a value in steps; one below zero is none, as Micrometer has it. */
  void record(long value) {
    if (value >= 0) {
      recorder.recordValue(value);
    }
  }

  /** What was recorded since the last call. */
  synchronized Figures take() {
    Histogram taken = recorder.getIntervalHistogram(spare);
    spare = taken;
    return new Figures(
        taken.getTotalCount(),
        inUnits(taken.getMean()),
        inUnits((double) taken.getValueAtPercentile(50)),
        inUnits((double) taken.getValueAtPercentile(95)),
        inUnits((double) taken.getValueAtPercentile(99)),
        inUnits((double) taken.getMaxValue()));
  }

  /** Rounded to millionths: what is beyond is noise of the histogram. */
  private double inUnits(double value) {
    return Math.rint(value / steps * 1e6) / 1e6;
  }
}
