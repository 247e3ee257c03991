package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Degraded, then unhealthy, as memory fills with what cannot be collected: the heap, and the
 * container that the process runs in.
 *
 * <p><b>Heap.</b> What counts is the part in which objects stay (the old generation, or all of it
 * under a collector without generations), as full as it was after its last collection; how full it
 * is in between says only when the next collection comes. G1 and ZGC report it after collections of
 * young objects as well, when old garbage is still in it, so it may read a little high under them.
 * Until a collection has been seen the heap is shown as it is and not judged.
 *
 * <p><b>Container.</b> Where a cgroup (version 1 or 2) limits memory, what the group uses less the
 * file pages that the kernel can drop at once, against that limit; the kernel kills at 100 %. The
 * group nearest to its limit counts where groups are nested.
 *
 * <p>Both by default degraded over 75 % and unhealthy over 90 %; the worse of the two is the
 * result. A JVM whose heap is sized to most of its container lives near the limit by design: set
 * {@link #containerThresholds} accordingly.
 *
 * <pre>{@code
 * registry.register("memory", MemoryCheck.create(), c -> c.inline());
 * }</pre>
 *
 * <p>Reads memory and a few small files of the kernel's, so it may run inline. Data: {@code
 * memoryUsage} with {@code used} and {@code total} (bytes) and {@code percent}, of the heap; {@code
 * container} with {@code used}, {@code limit} and {@code percent} where there is a limit. Listens
 * to the JVM's garbage collectors from {@link #create} on, until the first collection after the
 * check has become unreachable. Thread-safe.
 */
public final class MemoryCheck implements HealthCheck {

  private static final String UNKNOWN = "no garbage collection seen yet; the heap is as it is now";

  private final LongLivedHeap heap;
  private final ContainerMemory container;
  private final Thresholds heapThresholds;
  private final Thresholds containerThresholds;

  private MemoryCheck(
      LongLivedHeap heap,
      ContainerMemory container,
      Thresholds heapThresholds,
      Thresholds containerThresholds) {
    this.heap = heap;
    this.container = container;
    this.heapThresholds = heapThresholds;
    this.containerThresholds = containerThresholds;
  }

  /** Watches this JVM's heap, and its container where there is one. */
  public static MemoryCheck create() {
    return create(LongLivedHeap.watch(), new ContainerMemory(Path.of("/")));
  }

  static MemoryCheck create(LongLivedHeap heap, ContainerMemory container) {
    return new MemoryCheck(heap, container, Thresholds.MEMORY, Thresholds.MEMORY);
  }

  /**
   * This check with other thresholds for the heap.
   *
   * @param degradedOver percent, above 0; 75 by default
   * @param unhealthyOver percent, above {@code degradedOver} and under 100; 90 by default
   * @throws IllegalArgumentException if the two are out of range or out of order
   */
  public MemoryCheck heapThresholds(double degradedOver, double unhealthyOver) {
    return new MemoryCheck(
        heap, container, new Thresholds(degradedOver, unhealthyOver), containerThresholds);
  }

  /**
   * This check with other thresholds for the container.
   *
   * @param degradedOver percent, above 0; 75 by default
   * @param unhealthyOver percent, above {@code degradedOver} and under 100; 90 by default
   * @throws IllegalArgumentException if the two are out of range or out of order
   */
  public MemoryCheck containerThresholds(double degradedOver, double unhealthyOver) {
    return new MemoryCheck(
        heap, container, heapThresholds, new Thresholds(degradedOver, unhealthyOver));
  }

  @Override
  public HealthResult check(CheckContext context) {
    boolean known = heap.known();
    MemoryUse heapUse = heap.use();
    Optional<MemoryUse> containerUse = container.use();

    HealthStatus ofHeap = known ? heapThresholds.judge(heapUse.percent()) : HealthStatus.HEALTHY;
    HealthStatus ofContainer =
        containerUse
            .map(use -> containerThresholds.judge(use.percent()))
            .orElse(HealthStatus.HEALTHY);
    List<String> why = new ArrayList<>();
    if (ofHeap != HealthStatus.HEALTHY) {
      why.add(words("heap after collection", heapUse, heapThresholds.crossed(ofHeap)));
    }
    if (ofContainer != HealthStatus.HEALTHY) {
      why.add(
          words("container", containerUse.orElseThrow(), containerThresholds.crossed(ofContainer)));
    }
    HealthStatus worst = ofHeap.worst(ofContainer);
    HealthResult result =
        !why.isEmpty()
            ? HealthResult.of(worst, String.join("; ", why))
            : known ? HealthResult.healthy() : HealthResult.healthy(UNKNOWN);
    result = result.with("memoryUsage", facts(heapUse, "total"));
    return containerUse.isPresent()
        ? result.with("container", facts(containerUse.get(), "limit"))
        : result;
  }

  private static String words(String what, MemoryUse use, double border) {
    return what + " at " + use.percent() + " %, over " + border + " %";
  }

  private static Map<String, Object> facts(MemoryUse use, String total) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("used", use.used());
    facts.put(total, use.total());
    facts.put("percent", use.percent());
    return facts;
  }
}
