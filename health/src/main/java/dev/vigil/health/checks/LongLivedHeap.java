package dev.vigil.health.checks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * How much of the long-lived heap was in use after its last collection: what is left when garbage
 * is not counted.
 *
 * <p>Long-lived are the pools in which objects stay: {@code G1 Old Gen}, {@code PS Old Gen}, {@code
 * Tenured Gen}, {@code ZGC Old Generation}, and the whole heap of collectors without generations.
 * The figures come with the JVM's notifications of collections, since {@link
 * MemoryPoolMXBean#getCollectionUsage()} stays 0 under G1 until a collection has taken old regions.
 *
 * <p>The JVM holds the listeners, and a listener holds this object weakly: it takes itself away at
 * the first collection after this object has become unreachable.
 */
final class LongLivedHeap {

  private final List<MemoryPoolMXBean> pools;
  private final Map<String, Long> afterCollection = new ConcurrentHashMap<>();

  LongLivedHeap(List<MemoryPoolMXBean> pools) {
    this.pools = pools.stream().filter(LongLivedHeap::longLived).toList();
  }

  /** Watches this JVM's heap from now on. */
  static LongLivedHeap watch() {
    LongLivedHeap heap = new LongLivedHeap(ManagementFactory.getMemoryPoolMXBeans());
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        Listener listener =
            new Listener(
                new WeakReference<>(heap), emitter, Set.of(collector.getMemoryPoolNames()));
        emitter.addNotificationListener(listener, null, null);
      }
    }
    return heap;
  }

  /**
   * Takes note of a collection.
   *
   * @param collected the pools that the collector is responsible for: what another pool holds may
   *     still be garbage
   * @param after how full each pool is now
   */
  void collected(Set<String> collected, Map<String, MemoryUsage> after) {
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage usage = after.get(pool.getName());
      // Pauses of concurrent collectors are notified with empty figures.
      if (usage != null && usage.getMax() != 0 && collected.contains(pool.getName())) {
        afterCollection.put(pool.getName(), usage.getUsed());
      }
    }
  }

  /** Whether every long-lived pool has been collected since we watch. */
  boolean known() {
    return !pools.isEmpty() && afterCollection.size() == pools.size();
  }

  /** In use after the last collection; in use now for pools that have not been collected yet. */
  MemoryUse use() {
    long used = 0;
    long total = 0;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage now = pool.getUsage();
      used += afterCollection.getOrDefault(pool.getName(), now.getUsed());
      // Not defined where a pool may take the whole heap.
      total += now.getMax() > 0 ? now.getMax() : Runtime.getRuntime().maxMemory();
    }
    return new MemoryUse(used, total);
  }

  /** The JVM offers a usage threshold for the pools in which objects stay, and for no other. */
  private static boolean longLived(MemoryPoolMXBean pool) {
    return pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported();
  }

  record Listener(
      WeakReference<LongLivedHeap> heap, NotificationEmitter collector, Set<String> pools)
      implements NotificationListener {

    @Override
    public void handleNotification(Notification notification, Object handback) {
      LongLivedHeap watched = heap.get();
      if (watched == null) {
        remove();
      } else if (notification
          .getType()
          .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
        watched.collected(
            pools,
            GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                .getGcInfo()
                .getMemoryUsageAfterGc());
      }
    }

    private void remove() {
      try {
        collector.removeNotificationListener(this);
      } catch (ListenerNotFoundException alreadyGone) {
        // As wanted.
      }
    }
  }
}
