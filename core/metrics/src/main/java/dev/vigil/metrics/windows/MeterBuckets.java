package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.HistogramSupport;
import java.util.Arrays;

/** The buckets that a foreign registry's meter has, provided that they never decay. */
final class MeterBuckets implements Buckets {

  private final HistogramSupport meter;
  private final double[] bounds;
  private long above;

  MeterBuckets(HistogramSupport meter) {
    this.meter = meter;
    this.bounds =
        Arrays.stream(meter.takeSnapshot().histogramCounts())
            .mapToDouble(CountAtBucket::bucket)
            .filter(Double::isFinite)
            .toArray();
  }

  @Override
  public double[] bounds() {
    return bounds;
  }

  @Override
  public void read(int[] into) {
    HistogramSnapshot snapshot = meter.takeSnapshot();
    CountAtBucket[] counts = snapshot.histogramCounts();
    long below = 0;
    for (int i = 0; i < bounds.length; i++) {
      long count = i < counts.length ? (long) counts[i].count() : below;
      into[i] = (int) (count - below);
      below = count;
    }
    // The count was read before the buckets, so it may be some events behind them; no fall is real.
    above = Math.max(above, snapshot.count() - below);
    into[bounds.length] = (int) above;
  }
}
