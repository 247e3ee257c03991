package dev.vigil.metrics.windows;

import java.util.Arrays;

/**
 * Functions over the samples of a window, as Prometheus's _over_time functions, except that NaN is
 * a sample that is missing. NaN where there is none; {@link #delta} needs two.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/functions/">Prometheus, query
 *     functions</a>
 */
final class Samples {

  private Samples() {}

  private static int from(Track track, Span span) {
    return Math.max(span.first(), track.oldest());
  }

  /** How many samples there are: 0, not NaN, only where some slot of the window was recorded. */
  static double count(Track track, Span span) {
    int count = 0;
    for (int slot = from(track, span); slot <= span.last(); slot++) {
      if (!Double.isNaN(track.at(slot))) {
        count++;
      }
    }
    return count == 0 ? Double.NaN : count;
  }

  static double sum(Track track, Span span) {
    double sum = 0;
    boolean any = false;
    for (int slot = from(track, span); slot <= span.last(); slot++) {
      double value = track.at(slot);
      if (!Double.isNaN(value)) {
        sum += value;
        any = true;
      }
    }
    return any ? sum : Double.NaN;
  }

  static double avg(Track track, Span span) {
    return sum(track, span) / count(track, span);
  }

  static double min(Track track, Span span) {
    double min = Double.NaN;
    for (int slot = from(track, span); slot <= span.last(); slot++) {
      double value = track.at(slot);
      if (value < min || Double.isNaN(min)) {
        min = value;
      }
    }
    return min;
  }

  static double max(Track track, Span span) {
    return max(track, from(track, span), span);
  }

  /** The greatest from one slot on to the span's last. */
  static double max(Track track, int from, Span span) {
    double max = Double.NaN;
    for (int slot = from; slot <= span.last(); slot++) {
      double value = track.at(slot);
      if (value > max || Double.isNaN(max)) {
        max = value;
      }
    }
    return max;
  }

  static double last(Track track, Span span) {
    for (int slot = span.last(); slot >= from(track, span); slot--) {
      if (!Double.isNaN(track.at(slot))) {
        return track.at(slot);
      }
    }
    return Double.NaN;
  }

  static double delta(Track track, Span span) {
    for (int slot = from(track, span); slot < span.last(); slot++) {
      if (!Double.isNaN(track.at(slot))) {
        return count(track, span) < 2 ? Double.NaN : last(track, span) - track.at(slot);
      }
    }
    return Double.NaN;
  }

  /**
   * Of the population, in two passes, so that large values with a small spread keep their digits.
   */
  static double stddev(Track track, Span span) {
    double mean = avg(track, span);
    double squares = 0;
    for (int slot = from(track, span); slot <= span.last(); slot++) {
      double off = track.at(slot) - mean;
      squares += Double.isNaN(off) ? 0 : off * off;
    }
    return Double.isNaN(mean) ? Double.NaN : Math.sqrt(squares / count(track, span));
  }

  static double changes(Track track, Span span) {
    double before = Double.NaN;
    int changes = 0;
    for (int slot = from(track, span); slot <= span.last(); slot++) {
      double value = track.at(slot);
      if (!Double.isNaN(value)) {
        changes += Double.isNaN(before) || value == before ? 0 : 1;
        before = value;
      }
    }
    return Double.isNaN(before) ? Double.NaN : changes;
  }

  static double quantile(double quantile, Track track, Span span, double[] scratch) {
    int size = 0;
    for (int slot = from(track, span); slot <= span.last(); slot++) {
      double value = track.at(slot);
      if (!Double.isNaN(value)) {
        scratch[size++] = value;
      }
    }
    Arrays.sort(scratch, 0, size);
    return Quantiles.ofSamples(quantile, scratch, size);
  }
}
