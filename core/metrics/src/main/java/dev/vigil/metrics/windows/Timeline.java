package dev.vigil.metrics.windows;

import java.util.Arrays;

/**
 * When the snapshots were taken: numbered slots, the newest as many as the longest window needs.
 *
 * <p>There is at most one slot to a cell of the interval's grid. A snapshot that comes in the same
 * cell as the one before replaces it, so that windows reach back as far as they say however often
 * somebody looks. Slot 0 is the start, before any snapshot.
 */
final class Timeline {

  private final long interval;
  private long[] ticks = new long[2];

  /** Time up to each slot, without the gaps that nobody saw. */
  private long[] measured = new long[2];

  private int newest;
  private long grid;

  Timeline(long start, long interval) {
    this.interval = interval;
    this.ticks[0] = start;
  }

  /** Takes a snapshot at {@code now} into account, before which nobody looked if {@code gap}. */
  void advance(long now, boolean gap) {
    long last = tick(newest);
    long time = measured(newest) + (gap ? 0 : now - last);
    if (newest == 0 || gap) {
      // Snapshots come in the middle of a cell, so that those that are early or late stay in
      // theirs.
      grid = now - interval / 2;
    }
    boolean begins = newest == 0 ? now != last : gap || cell(now) != cell(last);
    if (begins) {
      newest++;
    }
    ticks[newest % ticks.length] = now;
    measured[newest % ticks.length] = time;
  }

  private long cell(long tick) {
    return Math.floorDiv(tick - grid, interval);
  }

  /** Keeps at least this many slots from now on. */
  void keep(int slots) {
    if (slots <= ticks.length) {
      return;
    }
    long[] moreTicks = new long[slots];
    long[] moreMeasured = new long[slots];
    for (int slot = oldest(); slot <= newest; slot++) {
      moreTicks[slot % slots] = tick(slot);
      moreMeasured[slot % slots] = measured(slot);
    }
    ticks = moreTicks;
    measured = moreMeasured;
  }

  int newest() {
    return newest;
  }

  int oldest() {
    return Math.max(0, newest - ticks.length + 1);
  }

  long tick(int slot) {
    return ticks[slot % ticks.length];
  }

  /** Seconds from one slot to another, gaps left out. */
  double seconds(int from, int to) {
    return (measured(to) - measured(from)) / 1e9;
  }

  private long measured(int slot) {
    return measured[slot % ticks.length];
  }

  /** The last slot at or before {@code tick}, or -1 where that is no longer known. */
  int atOrBefore(long tick) {
    int low = oldest();
    if (tick(low) - tick > 0) {
      return -1;
    }
    int high = newest;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tick(middle) - tick <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @Override
  public String toString() {
    return "slots " + oldest() + " to " + newest + " at " + Arrays.toString(ticks);
  }
}
