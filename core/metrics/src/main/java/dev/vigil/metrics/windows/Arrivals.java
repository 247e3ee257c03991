package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Meters that came and went in a registry, in order, for the evaluator to take note of at its next
 * snapshot. Only those whose names somebody selects. Bounded: where nobody takes them, they are
 * forgotten, and the evaluator is told to look for itself.
 *
 * <p>Thread-safe. Micrometer has no way to take a listener back, so after {@link #close} this stays
 * with the registry, empty.
 */
final class Arrivals {

  /** What happened to a meter. */
  record Event(Meter meter, boolean added) {}

  private static final int MOST = 10_000;

  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile boolean lost;

  static Arrivals listeningTo(MeterRegistry registry) {
    Arrivals arrivals = new Arrivals();
    registry
        .config()
        .onMeterAdded(meter -> arrivals.note(meter, true))
        .onMeterRemoved(meter -> arrivals.note(meter, false));
    return arrivals;
  }

  void want(String name) {
    wanted.add(name);
  }

  void wantNoMore(String name) {
    wanted.remove(name);
  }

  /** Runs inside the registry's lock, so in order. */
  private void note(Meter meter, boolean added) {
    if (!wanted.contains(meter.getId().getName())) {
      return;
    }
    if (size.incrementAndGet() > MOST) {
      size.decrementAndGet();
      lost = true;
      return;
    }
    events.add(new Event(meter, added));
  }

  /** The next event, or null where there is none. */
  @Nullable Event next() {
    Event event = events.poll();
    if (event != null) {
      size.decrementAndGet();
    }
    return event;
  }

  /** Whether events have been lost since the last time this was asked. */
  boolean hasLost() {
    if (!lost) {
      return false;
    }
    lost = false;
    return true;
  }

  void close() {
    wanted.clear();
    events.clear();
  }

  /** Those of the registry's meters that have a name. */
  static Collection<Meter> named(String name, MeterRegistry registry) {
    return registry.getMeters().stream().filter(it -> it.getId().getName().equals(name)).toList();
  }
}
