package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.PercentileHistogramBuckets;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Buckets of a meter in our own registry. Thread-safe; recording is a binary search and one atomic
 * increment.
 */
final class EventBuckets implements Buckets {

  private final double[] bounds;
  private final AtomicIntegerArray counts;

  private EventBuckets(double[] bounds) {
    this.bounds = bounds;
    this.counts = new AtomicIntegerArray(bounds.length + 1);
  }

  /**
   * The buckets that the application has given the meter, so that a Prometheus beside us sees the
   * same percentiles; where it has given none, Micrometer's own for percentiles.
   */
  static EventBuckets of(DistributionStatisticConfig config) {
    Collection<Double> given = config.getHistogramBuckets(true);
    Collection<Double> bounds =
        given.isEmpty() ? PercentileHistogramBuckets.buckets(config) : given;
    return new EventBuckets(
        bounds.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray());
  }

  void record(double amount) {
    int at = Arrays.binarySearch(bounds, amount);
    counts.getAndIncrement(at >= 0 ? at : -at - 1);
  }

  @Override
  public double[] bounds() {
    return bounds;
  }

  @Override
  public void read(int[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = counts.get(i);
    }
  }
}
