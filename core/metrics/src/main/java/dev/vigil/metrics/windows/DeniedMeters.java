package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of meters that were asked for and never registered: some filter has denied them. Micrometer
 * answers with a meter that counts nothing, and tells nobody; but it lets every filter rename a
 * meter before it lets any deny it. Thread-safe.
 */
final class DeniedMeters implements MeterFilter {

  /** Names are few; whoever makes them up as he goes is not to fill the memory. */
  private static final int MOST = 10_000;

  private final Set<String> registered = ConcurrentHashMap.newKeySet();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private DeniedMeters() {}

  /**
   * Watches a registry that is still empty. Otherwise nothing will be known: a filter that comes
   * later makes Micrometer warn, and sees but half.
   */
  static DeniedMeters in(MeterRegistry registry) {
    DeniedMeters denied = new DeniedMeters();
    if (registry.getMeters().isEmpty()) {
      registry.config().onMeterAdded(denied::added).meterFilter(denied);
    }
    return denied;
  }

  private void added(Meter meter) {
    if (registered.size() < MOST) {
      registered.add(meter.getId().getName());
    }
  }

  /** Changes nothing. */
  @Override
  public Meter.Id map(Meter.Id id) {
    if (asked.size() < MOST) {
      asked.add(id.getName());
    }
    return id;
  }

  boolean contains(String name) {
    return asked.contains(name) && !registered.contains(name) && registered.size() < MOST;
  }
}
