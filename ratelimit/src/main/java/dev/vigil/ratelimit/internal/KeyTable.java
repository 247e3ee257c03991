package dev.vigil.ratelimit.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each key, for a bounded number of keys. When it is full, entries whose windows
 * are over make room; where none are, newcomers find none, and their caller has one answer for all
 * of them.
 *
 * <p>Thread-safe; a look-up takes no lock and allocates nothing.
 *
 * @param <E> what is known of a key
 */
public final class KeyTable<E extends KeyTable.Entry> {

  /** What is known of a key. */
  public interface Entry {

    /**
     * Goes out of service if nothing it holds matters any more; whoever still has it must notice.
     *
     * @param now milliseconds since the epoch
     * @return false where it must stay
     */
    boolean retire(long now);
  }

  /** A sweep reads all entries, so a full table is not swept for every newcomer. */
  private static final long SWEEP_PAUSE_MILLIS = 1_000;

  private final ConcurrentHashMap<String, E> entries = new ConcurrentHashMap<>();
  private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);
  private final int capacity;

  /**
   * A table for at most about so many keys (threads that add at once may each exceed it by one).
   */
  public KeyTable(int capacity) {
    this.capacity = capacity;
  }

  /** The entry of a key, if there is one. */
  public @Nullable E find(String key) {
    return entries.get(key);
  }

  /** The entry of a key, made where there is none; null where there is no room. */
  public @Nullable E findOrAdd(String key, Function<String, E> maker, long now) {
    E found = entries.get(key);
    if (found != null) {
      return found;
    }
    if (entries.mappingCount() >= capacity && !makeRoom(now)) {
      return null;
    }
    return entries.computeIfAbsent(key, maker);
  }

  /** Puts one entry in the place of another; false where that is not there any more. */
  public boolean replace(String key, E old, E successor) {
    return entries.replace(key, old, successor);
  }

  /** Forgets an entry that is out of service. */
  public void remove(String key, E entry) {
    entries.remove(key, entry);
  }

  /** How many keys are known. */
  public long size() {
    return entries.mappingCount();
  }

  /** Visits every entry. */
  public void forEach(BiConsumer<String, E> visitor) {
    entries.forEach(visitor);
  }

  private boolean makeRoom(long now) {
    long due = nextSweep.get();
    if (now >= due && nextSweep.compareAndSet(due, now + SWEEP_PAUSE_MILLIS)) {
      for (Map.Entry<String, E> each : entries.entrySet()) {
        if (each.getValue().retire(now)) {
          entries.remove(each.getKey(), each.getValue());
        }
      }
    }
    return entries.mappingCount() < capacity;
  }
}
