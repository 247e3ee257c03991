package dev.vigil.metrics.windows;

/**
 * One number a slot, for the newest slots; NaN where there is none. Keeps nothing until it is told
 * how many slots are asked for.
 */
class Track {

  private static final double[] NOTHING = {};

  private final Timeline timeline;
  private double[] values = NOTHING;
  private int first;
  private int last = -1;

  Track(Timeline timeline) {
    this.timeline = timeline;
  }

  /** How many slots are kept; zero where nobody has asked. */
  final int slots() {
    return values.length;
  }

  /** Keeps at least this many slots from now on. */
  final void resize(int slots) {
    if (slots <= values.length) {
      return;
    }
    double[] more = new double[slots];
    int oldest = oldest();
    for (int slot = oldest; slot <= last; slot++) {
      more[slot % slots] = at(slot);
    }
    first = oldest;
    values = more;
  }

  /** Has had this value since an earlier slot: for a counter that did not exist yet. */
  final void backfill(int since, double value) {
    first = Math.max(since, timeline.newest() - values.length + 1);
    for (int slot = first; slot <= timeline.newest(); slot++) {
      values[slot % values.length] = value;
    }
    last = timeline.newest();
  }

  /** Sets the newest slot, and those that were left out since the last time to {@code between}. */
  final void put(double value, double between) {
    int length = values.length;
    if (length == 0) {
      return;
    }
    int newest = timeline.newest();
    if (last < 0) {
      first = newest;
    } else if (last < newest - 1) {
      for (int slot = Math.max(last + 1, newest - length + 1); slot < newest; slot++) {
        values[slot % length] = between;
      }
    }
    values[newest % length] = value;
    last = newest;
  }

  /** The oldest slot that has been recorded; above all others where there is none. */
  final int oldest() {
    return last < 0 ? Integer.MAX_VALUE : Math.max(first, last - values.length + 1);
  }

  /** The value at a slot from {@link #oldest} to the newest. */
  final double at(int slot) {
    return values[slot % values.length];
  }
}
