package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSupport;
import org.jspecify.annotations.Nullable;

/** Finds the buckets of a meter, or says why there are none. */
final class BucketAccess {

  private final Source source;
  private final Problems problems;

  BucketAccess(Source source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  @Nullable Buckets buckets(Meter meter) {
    if (meter instanceof CumulativeView.Bucketed bucketed) {
      return bucketed.buckets();
    }
    if (source.buckets() && meter instanceof HistogramSupport histogram) {
      Buckets buckets = new MeterBuckets(histogram);
      if (buckets.bounds().length > 0) {
        return buckets;
      }
    }
    problems.tell(
        "percentiles of " + MeterText.of(meter.getId()),
        "missing, since the meter has no buckets that never decay",
        source.buckets()
            ? "name it to MeterWindows.Builder.percentiles before it is registered, or give it"
                + " publishPercentileHistogram()"
            : "use a CompositeMeterRegistry, and name it to MeterWindows.Builder.percentiles");
    return null;
  }
}
