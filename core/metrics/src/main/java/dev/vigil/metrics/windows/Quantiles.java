package dev.vigil.metrics.windows;

/** Quantiles of buckets and of samples, computed as Prometheus computes them. */
final class Quantiles {

  private Quantiles() {}

  /**
   * As histogram_quantile: linear inside the bucket; where it falls above all bounds, the highest
   * bound.
   *
   * @param bounds upper bounds, ascending, all of them finite
   * @param counts events in each bucket, and above the last bound; one more than the bounds
   * @return NaN where there are no events or no bounds
   * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/functions/">Prometheus,
   *     histogram_quantile</a>
   */
  static double ofBuckets(double quantile, double[] bounds, long[] counts) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    if (total <= 0 || bounds.length == 0) {
      return Double.NaN;
    }
    double rank = quantile * total;
    long below = 0;
    for (int i = 0; i < bounds.length; i++) {
      if (below + counts[i] >= rank) {
        double lower = i == 0 ? Math.min(0, bounds[0]) : bounds[i - 1];
        return counts[i] == 0 ? lower : lower + (bounds[i] - lower) * ((rank - below) / counts[i]);
      }
      below += counts[i];
    }
    return bounds[bounds.length - 1];
  }

  /**
   * As quantile_over_time: linear between the two nearest samples.
   *
   * @param sorted samples, ascending, of which the first {@code size} count
   * @return NaN where there are none
   */
  static double ofSamples(double quantile, double[] sorted, int size) {
    if (size == 0) {
      return Double.NaN;
    }
    double rank = quantile * (size - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, size - 1);
    double weight = rank - below;
    if (weight == 0) {
      return sorted[below]; // not infinity times zero
    }
    return sorted[below] * (1 - weight) + sorted[above] * weight;
  }
}
