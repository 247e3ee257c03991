package dev.vigil.ratelimit.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One key's count in its current window, in one word: 32 bits of the window's number, a bit that
 * says retired, 31 bits of permits used. A window once left is never reopened: whoever comes with
 * an older number counts in the newer window.
 *
 * <p>Thread-safe and lock-free; no method allocates.
 */
public final class WindowCell {

  /** What {@link #take} returns from a retired cell: look up the key again. */
  public static final long RETIRED = Long.MIN_VALUE;

  private static final long RETIRED_BIT = 1L << 31;
  private static final long USED = RETIRED_BIT - 1;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(WindowCell.class, "state", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  @SuppressWarnings("FieldMayBeFinal") // written through STATE
  private volatile long state;

  /** An empty cell at a window. */
  public WindowCell(long windowId) {
    state = pack(windowId, 0);
  }

  private static long pack(long windowId, long used) {
    return windowId << 32 | used;
  }

  /** How many windows {@code windowId} is ahead; wraps after 2^31 of them, 248 days of 10 ms. */
  private static int ahead(long windowId, long state) {
    return (int) windowId - (int) (state >>> 32);
  }

  /**
   * Takes permits where the limit leaves as many.
   *
   * @return the permits used now, these included; where they were denied, the complement ({@code
   *     ~used}) of those used; {@link #RETIRED} where the cell is out of service
   */
  public long take(long windowId, int permits, long limit) {
    while (true) {
      long seen = state;
      if ((seen & RETIRED_BIT) != 0) {
        return RETIRED;
      }
      if (ahead(windowId, seen) > 0) {
        if (permits > limit) {
          return ~0L;
        }
        if (STATE.compareAndSet(this, seen, pack(windowId, permits))) {
          return permits;
        }
        continue;
      }
      long used = seen & USED;
      if (used + permits > limit) {
        return ~used;
      }
      if (permits == 1) {
        // Adding never fails, so many threads on one key do not retry. What overshoots a full
        // window changes nothing: it is full.
        long before = (long) STATE.getAndAdd(this, 1L);
        if ((before & RETIRED_BIT) != 0) {
          return RETIRED;
        }
        long was = before & USED;
        return was < limit ? was + 1 : ~was;
      }
      if (STATE.compareAndSet(this, seen, seen + permits)) {
        return used + permits;
      }
    }
  }

  /** Gives back what {@link #take} took in that window; does nothing once it is left. */
  public void giveBack(long windowId, int permits) {
    while (true) {
      long seen = state;
      if (ahead(windowId, seen) != 0
          || (seen & USED) < permits
          || STATE.compareAndSet(this, seen, seen - permits)) {
        return;
      }
    }
  }

  /** Permits used in that window, or in the newer one that the cell is at. */
  public long used(long windowId) {
    long seen = state;
    return ahead(windowId, seen) > 0 ? 0 : seen & USED;
  }

  /** Whether the cell's window is over at that window's time. */
  public boolean isOver(long windowId) {
    return ahead(windowId, state) > 0;
  }

  /** Puts the cell out of service if its window is over; false where it is not. */
  public boolean retire(long windowId) {
    long seen = state;
    return (seen & RETIRED_BIT) != 0
        || (ahead(windowId, seen) > 0 && STATE.compareAndSet(this, seen, seen | RETIRED_BIT));
  }
}
