package dev.vigil.metrics.report;

import dev.vigil.core.ErrorReporter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Collects the key/value pairs of one interval after the other. A meter that fails is left out and
 * told of once, until it works again. Used by one thread.
 */
final class ReportEvent {

  private final ServiceMeters meters;
  private final Map<String, DoubleSupplier> values;
  private final ErrorReporter errors;
  private final Map<String, Double> before = new HashMap<>();
  private final Set<String> broken = new HashSet<>();

  ReportEvent(ServiceMeters meters, Map<String, DoubleSupplier> values, ErrorReporter errors) {
    this.meters = meters;
    this.values = values;
    this.errors = errors;
  }

  Map<String, Object> pairs() {
    Map<String, Object> event = new LinkedHashMap<>();
    meters.business().forEach((name, counter) -> guarded(name, () -> count(event, name, counter)));
    values.forEach((name, value) -> guarded(name, () -> value(event, name, value)));
    meters
        .intervals()
        .forEach((name, interval) -> guarded(name, () -> figures(event, name, interval)));
    return event;
  }

  private void guarded(String name, Runnable reading) {
    try {
      reading.run();
      broken.remove(name);
    } catch (RuntimeException failure) {
      if (broken.add(name)) {
        errors.report("reading the meter " + name + " for the report", failure);
      }
    }
  }

  private void count(Map<String, Object> event, String name, ReportedCounter counter) {
    double total = counter.count();
    Double earlier = before.put(name, total);
    event.put(name + ".total", number(total));
    event.put(name + ".increase", number(total - (earlier == null ? 0 : earlier)));
  }

  private static void value(Map<String, Object> event, String name, DoubleSupplier supplier) {
    double value = supplier.getAsDouble();
    if (Double.isFinite(value)) { // JSON has no other
      event.put(name, number(value));
    }
  }

  private static void figures(Map<String, Object> event, String name, Interval interval) {
    Figures figures = interval.take();
    event.put(name + ".count", figures.count());
    if (figures.count() > 0) {
      event.put(name + ".mean", figures.mean());
      event.put(name + ".p50", figures.p50());
      event.put(name + ".p95", figures.p95());
      event.put(name + ".p99", figures.p99());
      event.put(name + ".max", figures.max());
    }
  }

  /** People count orders in whole numbers. */
  private static Number number(double value) {
    long whole = (long) value;
    if (whole == value) {
      return whole;
    }
    return value;
  }
}
