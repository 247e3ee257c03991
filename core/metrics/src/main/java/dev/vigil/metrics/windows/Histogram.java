package dev.vigil.metrics.windows;

import java.util.Arrays;

/**
 * The counts of all buckets a slot. Four bytes a count: it may wrap around, since only differences
 * within a window are looked at, which stay below two thousand million events a bucket.
 */
final class Histogram {

  private final Timeline timeline;
  private final double[] bounds;
  private final int width;
  private final long[] growth;
  private Buckets buckets;
  private int[] cells = {};
  private int first;
  private int last = -1;

  /** As the meter counts, and what makes it counts that never fell, as in {@link Total}. */
  private int[] raw;

  private int[] spare;
  private final int[] correction;
  private boolean known;

  /**
   * A histogram that keeps nothing yet.
   *
   * @param bounds those of the buckets, in the unit of the series
   */
  Histogram(Timeline timeline, Buckets buckets, double[] bounds) {
    this.timeline = timeline;
    this.buckets = buckets;
    this.bounds = bounds;
    this.width = bounds.length + 1;
    this.raw = new int[width];
    this.spare = new int[width];
    this.correction = new int[width];
    this.growth = new long[width];
  }

  int slots() {
    return cells.length / width;
  }

  void resize(int slots) {
    if (slots <= slots()) {
      return;
    }
    int[] more = new int[slots * width];
    int oldest = oldest();
    for (int slot = oldest; slot <= last; slot++) {
      System.arraycopy(cells, row(slot), more, slot % slots * width, width);
    }
    first = oldest;
    cells = more;
  }

  /** Had counted nothing since an earlier slot, when the meter did not exist yet. */
  void backfill(int since) {
    first = Math.max(since, timeline.newest() - slots() + 1);
    last = timeline.newest();
    known = true;
  }

  void sample(boolean gap) {
    buckets.read(spare);
    for (int i = 0; i < width; i++) {
      if (gap && known) {
        correction[i] += raw[i] - spare[i];
      } else if (spare[i] - raw[i] < 0) {
        correction[i] += raw[i];
      }
    }
    put(spare);
    int[] read = spare;
    spare = raw;
    raw = read;
    known = true;
  }

  private void put(int[] counts) {
    int newest = timeline.newest();
    if (last < 0) {
      first = newest;
    } else {
      int from = row(last);
      for (int slot = Math.max(last + 1, newest - slots() + 1); slot < newest; slot++) {
        System.arraycopy(cells, from, cells, row(slot), width);
      }
    }
    int row = row(newest);
    for (int i = 0; i < width; i++) {
      cells[row + i] = counts[i] + correction[i];
    }
    last = newest;
  }

  /** Whether a meter with these bounds can go on where this one has stopped. */
  boolean fits(double[] otherBounds) {
    return Arrays.equals(bounds, otherBounds);
  }

  /** The meter is a new one with the same name and bounds, which counts from zero. */
  void restart(Buckets fresh) {
    buckets = fresh;
    for (int i = 0; i < width; i++) {
      correction[i] += raw[i];
      raw[i] = 0;
    }
  }

  /** The quantile of the events in a span; NaN where there are none. */
  double quantile(double quantile, Span span) {
    int from = Math.max(span.before(), oldest());
    if (from >= span.last() || span.timeline().seconds(from, span.last()) <= 0) {
      return Double.NaN;
    }
    int start = row(from);
    int end = row(span.last());
    for (int i = 0; i < width; i++) {
      growth[i] = Math.max(0, cells[end + i] - cells[start + i]);
    }
    return Quantiles.ofBuckets(quantile, bounds, growth);
  }

  private int oldest() {
    return last < 0 ? Integer.MAX_VALUE : Math.max(first, last - slots() + 1);
  }

  private int row(int slot) {
    return slot % slots() * width;
  }
}
