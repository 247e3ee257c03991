package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeapAfterCollectionTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .filter(MemoryPoolMXBean::isUsageThresholdSupported)
          .toList();

  @Test
  void isMissingUntilEachPoolWasCollected() {
    try (HeapAfterCollection heap = HeapAfterCollection.of(registry, pools)) {
      assertThat(value()).isNaN();

      heap.collected(Set.of(), after(1_000));

      assertThat(value()).as("by a collector of other pools").isNaN();
    }
  }

  @Test
  void isWhatWasInUseAfterTheCollection() {
    try (HeapAfterCollection heap = HeapAfterCollection.of(registry, pools)) {
      heap.collected(after(1_000).keySet(), after(1_000));
      double little = value();
      heap.collected(after(3_000).keySet(), after(3_000));

      assertThat(little).isPositive();
      assertThat(value()).isCloseTo(3 * little, within(1e-12));
    }
  }

  @Test
  void listensToTheCollectorsAndTakesItselfAway() {
    HeapAfterCollection heap = HeapAfterCollection.bindTo(registry);

    heap.close();
    heap.close();

    assertThat(registry.find(HeapAfterCollection.METER).gauge()).isNull();
  }

  private Map<String, MemoryUsage> after(long used) {
    Map<String, MemoryUsage> after = new HashMap<>();
    pools.forEach(pool -> after.put(pool.getName(), new MemoryUsage(0, used, used, -1)));
    return after;
  }

  private double value() {
    return registry.get(HeapAfterCollection.METER).gauge().value();
  }
}
