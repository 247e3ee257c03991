package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.internal.FixedWindow;
import dev.vigil.ratelimit.internal.KeyTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What this instance knows of a key: where its counters are, and whether it is over a limit. */
final class KeyState implements KeyTable.Entry {

  /** A denial that stays true until a moment of the ticker. */
  record Denial(Decision decision, long until) {}

  private static final VarHandle FIRST;
  private static final VarHandle OTHERS = MethodHandles.arrayElementVarHandle(OpenWindow[].class);
  private static final OpenWindow[] NONE = {};

  static {
    try {
      FIRST = MethodHandles.lookup().findVarHandle(KeyState.class, "first", OpenWindow.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  final Plan plan;
  final int slot;

  private final byte[] prefix;
  private final boolean spread;
  private final int nodes;

  /** Most plans have one limit; an array for it would be one more place in memory to visit. */
  private volatile OpenWindow first;

  private final OpenWindow[] others;
  private volatile @Nullable Denial denial;
  private volatile boolean retired;

  KeyState(Plan plan, byte[] prefix, int slot, boolean spread, int nodes, long now) {
    this.plan = plan;
    this.prefix = prefix;
    this.slot = slot;
    this.spread = spread;
    this.nodes = nodes;
    int more = plan.limits().size() - 1;
    others = more == 0 ? NONE : new OpenWindow[more];
    first = open(0, now);
    for (int i = 0; i < more; i++) {
      others[i] = open(i + 1, now);
    }
  }

  /** FNV-1a, 64 bits (draft-eastlake-fnv). */
  private static long mixed(byte[] bytes) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The same key under another plan: windows of the same length and limit go on. */
  KeyState under(Plan other, long now) {
    KeyState successor = new KeyState(other, prefix, slot, spread, nodes, now);
    for (int i = 0; i < size(); i++) {
      int j = other.limits().indexOf(plan.limits().get(i));
      if (j == 0) {
        successor.first = window(i);
      } else if (j > 0) {
        successor.others[j - 1] = window(i);
      }
    }
    return successor;
  }

  int size() {
    return 1 + others.length;
  }

  private OpenWindow window(int index) {
    return index == 0 ? first : (OpenWindow) OTHERS.getVolatile(others, index - 1);
  }

  private OpenWindow open(int index, long now) {
    RateLimit limit = plan.limits().get(index);
    long millis = limit.window().toMillis();
    // All instances must find the same phase, so it comes from what they all see: the key.
    FixedWindow frame = new FixedWindow(millis, spread ? Math.floorMod(mixed(prefix), millis) : 0);
    long id = frame.id(now);
    return new OpenWindow(limit, frame.end(id), StoredKeys.key(prefix, id), nodes);
  }

  /** The window open at a moment; never an older one than was open before. */
  OpenWindow window(int index, long now) {
    while (true) {
      OpenWindow known = window(index);
      if (now < known.end) {
        return known;
      }
      OpenWindow next = open(index, now);
      boolean opened =
          index == 0
              ? FIRST.compareAndSet(this, known, next)
              : OTHERS.compareAndSet(others, index - 1, known, next);
      if (opened) {
        return next;
      }
    }
  }

  /** The denial that holds at a moment of the ticker, or null. */
  @Nullable Decision denial(long tick) {
    Denial known = denial;
    return known != null && known.until - tick > 0 ? known.decision : null;
  }

  void remember(Denial denial) {
    this.denial = denial;
  }

  boolean hasUnreported(long now) {
    for (int i = 0; i < size(); i++) {
      OpenWindow open = window(i);
      if (open.end > now && open.hasUnreported()) {
        return true;
      }
    }
    return false;
  }

  boolean isRetired() {
    return retired;
  }

  @Override
  public boolean retire(long now) {
    if (!isOver(now)) {
      return false;
    }
    retired = true;
    // Someone may have opened a window between the two lines above.
    retired = isOver(now);
    return retired;
  }

  private boolean isOver(long now) {
    for (int i = 0; i < size(); i++) {
      if (window(i).end > now) {
        return false;
      }
    }
    return true;
  }
}
