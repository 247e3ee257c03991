package dev.vigil.metrics.report;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;

/** The application's summary of ratios, with the report's interval beside it. */
final class ReportedSummary implements DistributionSummary {

  /** A ratio's steps: millionths. */
  static final double STEPS = 1e6;

  private final DistributionSummary original;
  private final Interval interval;

  ReportedSummary(DistributionSummary original, Interval interval) {
    this.original = original;
    this.interval = interval;
  }

  @Override
  public void record(double amount) {
    original.record(amount);
    if (amount >= 0) { // not NaN
      interval.record((long) (amount * STEPS));
    }
  }

  @Override
  public long count() {
    return original.count();
  }

  @Override
  public double totalAmount() {
    return original.totalAmount();
  }

  @Override
  public double max() {
    return original.max();
  }

  @Override
  public HistogramSnapshot takeSnapshot() {
    return original.takeSnapshot();
  }

  @Override
  public Id getId() {
    return original.getId();
  }
}
