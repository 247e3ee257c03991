package dev.vigil.alerts;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The gauge {@code vigil.memory.usage}: which share of the heap in which objects stay was in use
 * after its last collection, as the memory check of vigil-health judges it. NaN until each of its
 * pools has been collected once.
 *
 * <p>From the collectors' notifications, and only of pools that the collector is responsible for:
 * {@link MemoryPoolMXBean#getCollectionUsage} stays 0 under G1 until old regions were collected,
 * and Micrometer's {@code jvm.memory.usage.after.gc} counts garbage of the old generation after
 * young collections.
 *
 * <p>{@link #close} takes its listeners from the collectors, and the gauge from the registry.
 */
final class HeapAfterCollection implements AutoCloseable {

  static final String METER = "vigil.memory.usage";

  private final List<MemoryPoolMXBean> pools;
  private final Map<String, Long> used = new ConcurrentHashMap<>();
  private final Map<NotificationEmitter, NotificationListener> listeners = new LinkedHashMap<>();
  private final MeterRegistry registry;
  private final Gauge gauge;

  private HeapAfterCollection(MeterRegistry registry, List<MemoryPoolMXBean> pools) {
    this.registry = registry;
    this.pools = pools.stream().filter(HeapAfterCollection::longLived).toList();
    this.gauge =
        Gauge.builder(METER, this, HeapAfterCollection::share)
            .description("share of the long-lived heap in use after its last collection")
            .strongReference(true)
            .register(registry);
  }

  /** Watches this JVM's heap from now on. */
  static HeapAfterCollection bindTo(MeterRegistry registry) {
    HeapAfterCollection heap =
        new HeapAfterCollection(registry, ManagementFactory.getMemoryPoolMXBeans());
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        heap.listen(emitter, Set.of(collector.getMemoryPoolNames()));
      }
    }
    return heap;
  }

  /** Watches these pools, and no collector. */
  static HeapAfterCollection of(MeterRegistry registry, List<MemoryPoolMXBean> pools) {
    return new HeapAfterCollection(registry, pools);
  }

  private void listen(NotificationEmitter collector, Set<String> collected) {
    NotificationListener listener =
        (notification, handback) -> {
          if (notification
              .getType()
              .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            collected(
                collected,
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                    .getGcInfo()
                    .getMemoryUsageAfterGc());
          }
        };
    collector.addNotificationListener(listener, null, null);
    listeners.put(collector, listener);
  }

  void collected(Set<String> collected, Map<String, MemoryUsage> after) {
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage usage = after.get(pool.getName());
      // Pauses of concurrent collectors are notified with empty figures.
      if (usage != null && usage.getMax() != 0 && collected.contains(pool.getName())) {
        used.put(pool.getName(), usage.getUsed());
      }
    }
  }

  private double share() {
    if (pools.isEmpty() || used.size() < pools.size()) {
      return Double.NaN;
    }
    double inUse = 0;
    double total = 0;
    for (MemoryPoolMXBean pool : pools) {
      inUse += used.getOrDefault(pool.getName(), 0L);
      long most = pool.getUsage().getMax();
      // Not defined where a pool may take the whole heap.
      total += most > 0 ? most : Runtime.getRuntime().maxMemory();
    }
    return inUse / total;
  }

  /** The JVM offers a usage threshold for the pools in which objects stay, and for no other. */
  private static boolean longLived(MemoryPoolMXBean pool) {
    return pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported();
  }

  @Override
  public void close() {
    listeners.forEach(
        (collector, listener) -> {
          try {
            collector.removeNotificationListener(listener);
          } catch (ListenerNotFoundException alreadyGone) {
            // As wanted.
          }
        });
    registry.remove(gauge);
  }
}
