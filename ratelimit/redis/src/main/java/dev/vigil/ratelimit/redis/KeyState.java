package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.internal.FixedWindow;
import dev.vigil.ratelimit.internal.KeyTable;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What this instance knows of a key: where its counters are, and whether it is over a limit. */
final class KeyState implements KeyTable.Entry {

  /** A denial that stays true until a moment of the ticker. */
  record Denial(Decision decision, long until) {}

  final Plan plan;
  final int slot;

  private final byte[] prefix;
  private final int nodes;
  private final FixedWindow[] frames;
  private final AtomicReferenceArray<OpenWindow> windows;
  private volatile @Nullable Denial denial;
  private volatile boolean retired;

  KeyState(Plan plan, byte[] prefix, int slot, boolean spread, int nodes, long now) {
    this.plan = plan;
    this.prefix = prefix;
    this.slot = slot;
    this.nodes = nodes;
    int limits = plan.limits().size();
    frames = new FixedWindow[limits];
    windows = new AtomicReferenceArray<>(limits);
    for (int i = 0; i < limits; i++) {
      long millis = plan.limits().get(i).window().toMillis();
      // All instances must find the same phase, so it comes from what they all see: the key.
      long phase = spread ? Math.floorMod(mixed(prefix), millis) : 0;
      frames[i] = new FixedWindow(millis, phase);
      windows.set(i, open(i, frames[i].id(now)));
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
  KeyState under(Plan other, boolean spread, long now) {
    KeyState successor = new KeyState(other, prefix, slot, spread, nodes, now);
    for (int i = 0; i < frames.length; i++) {
      int j = other.limits().indexOf(plan.limits().get(i));
      if (j >= 0) {
        successor.windows.set(j, windows.get(i));
      }
    }
    return successor;
  }

  int size() {
    return frames.length;
  }

  private OpenWindow open(int index, long id) {
    return new OpenWindow(
        plan.limits().get(index), id, frames[index].end(id), StoredKeys.key(prefix, id), nodes);
  }

  /** The window open at a moment; never an older one than was open before. */
  OpenWindow window(int index, long now) {
    while (true) {
      OpenWindow known = windows.get(index);
      long id = frames[index].id(now);
      if (id <= known.id) {
        return known;
      }
      OpenWindow next = open(index, id);
      if (windows.compareAndSet(index, known, next)) {
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
    for (int i = 0; i < frames.length; i++) {
      OpenWindow open = windows.get(i);
      if (open.end > now && open.count.hasUnreported()) {
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
    for (int i = 0; i < frames.length; i++) {
      if (windows.get(i).end > now) {
        return false;
      }
    }
    return true;
  }
}
