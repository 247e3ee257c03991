package dev.vigil.ratelimit;

import dev.vigil.ratelimit.internal.FixedWindow;
import dev.vigil.ratelimit.internal.KeyTable;
import dev.vigil.ratelimit.internal.WindowCell;

/**
 * One key's counts, one for each limit of its plan.
 *
 * <p>Outcomes are one number, so that a decision allocates nothing on the way: the index of the
 * tightest limit and the permits that remain in it; its complement where the request was denied.
 */
final class LocalCounts implements KeyTable.Entry {

  static final long RETIRED = WindowCell.RETIRED;

  private final Plan plan;
  private final RateLimit[] limits;
  private final FixedWindow[] windows;
  private final WindowCell[] cells;

  LocalCounts(Plan plan, long now) {
    this.plan = plan;
    limits = plan.limits().toArray(RateLimit[]::new);
    windows = new FixedWindow[limits.length];
    cells = new WindowCell[limits.length];
    for (int i = 0; i < limits.length; i++) {
      windows[i] = new FixedWindow(limits[i].millis(), 0);
      cells[i] = new WindowCell(windows[i].id(now));
    }
  }

  /** The same key under another plan; windows of the same length keep their counts. */
  LocalCounts under(Plan other, long now) {
    LocalCounts successor = new LocalCounts(other, now);
    for (int i = 0; i < limits.length; i++) {
      for (int j = 0; j < successor.limits.length; j++) {
        if (windows[i].equals(successor.windows[j])) {
          successor.cells[j] = cells[i];
        }
      }
    }
    return successor;
  }

  Plan plan() {
    return plan;
  }

  static int index(long packed) {
    return (int) (packed >>> 32);
  }

  static long remaining(long packed) {
    return packed & 0xffff_ffffL;
  }

  private static long pack(int index, long remaining) {
    return (long) index << 32 | Math.max(0, remaining);
  }

  long take(long now, int permits) {
    return cells.length == 1 ? takeOne(now, permits) : takeAll(now, permits);
  }

  private long takeOne(long now, int permits) {
    RateLimit only = limits[0];
    long limit = only.permits();
    long used = cells[0].take(only.turnAt(now).id(), permits, limit);
    if (used >= 0) {
      return limit - used;
    }
    return used == RETIRED ? RETIRED : ~Math.max(0, limit - ~used);
  }

  private long takeAll(long now, int permits) {
    long foreseen = weigh(now, permits, permits);
    if (foreseen < 0) {
      return foreseen;
    }
    int tightest = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < cells.length; i++) {
      long limit = limits[i].permits();
      long used = cells[i].take(windows[i].id(now), permits, limit);
      if (used < 0) {
        for (int j = 0; j < i; j++) {
          cells[j].giveBack(windows[j].id(now), permits);
        }
        return used == RETIRED ? RETIRED : ~pack(i, limit - ~used);
      }
      if (limit - used < least) {
        least = limit - used;
        tightest = i;
      }
    }
    return pack(tightest, least);
  }

  /** What {@link #take} of one permit would say, with nothing taken. */
  long look(long now) {
    return weigh(now, 1, 0);
  }

  private long weigh(long now, int permits, int taken) {
    int tightest = 0;
    long least = Long.MAX_VALUE;
    int denier = -1;
    for (int i = 0; i < cells.length; i++) {
      long left = limits[i].permits() - cells[i].used(windows[i].id(now));
      if (left < permits) {
        denier = i; // the last one resets last, since limits are in order of their windows
      }
      if (left < least) {
        least = left;
        tightest = i;
      }
    }
    if (denier >= 0) {
      return ~pack(denier, limits[denier].permits() - cells[denier].used(windows[denier].id(now)));
    }
    return pack(tightest, least - taken);
  }

  @Override
  public boolean retire(long now) {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isOver(windows[i].id(now))) {
        return false;
      }
    }
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].retire(windows[i].id(now))) {
        return false;
      }
    }
    return true;
  }
}
