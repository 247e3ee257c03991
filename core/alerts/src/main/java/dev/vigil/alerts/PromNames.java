package dev.vigil.alerts;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a meter is called in Micrometer's Prometheus registry.
 *
 * @see <a href="https://docs.micrometer.io/micrometer/reference/implementations/prometheus.html">
 *     Micrometer Prometheus</a>
 */
final class PromNames {

  /** What a meter is, as far as its names go. */
  enum Kind {
    COUNTER,
    GAUGE,
    EVENTS,
    UNKNOWN
  }

  private record Known(Kind kind, String unit) {}

  private static final Known UNKNOWN = new Known(Kind.UNKNOWN, "");

  private final Map<String, Known> known = new HashMap<>();

  private PromNames() {}

  static PromNames of(MeterRegistry registry) {
    PromNames names = new PromNames();
    for (Meter meter : registry.getMeters()) {
      names.known.put(meter.getId().getName(), known(meter.getId()));
    }
    return names;
  }

  private static Known known(Meter.Id id) {
    String declared = id.getBaseUnit() == null ? "" : id.getBaseUnit();
    return switch (id.getType()) {
      case COUNTER -> new Known(Kind.COUNTER, declared);
      case GAUGE -> new Known(Kind.GAUGE, declared);
      case TIMER, LONG_TASK_TIMER -> new Known(Kind.EVENTS, "seconds");
      case DISTRIBUTION_SUMMARY -> new Known(Kind.EVENTS, declared);
      case OTHER -> UNKNOWN;
    };
  }

  Kind kind(String meter) {
    return known.getOrDefault(meter, UNKNOWN).kind();
  }

  /** A counter's series. */
  String counter(String meter) {
    String name = withUnit(meter);
    return name.endsWith("_total") ? name : name + "_total";
  }

  /** A gauge's series. */
  String gauge(String meter) {
    return withUnit(meter);
  }

  /** One of a timer's or a summary's series; a timer, in seconds, where it is not known. */
  String events(String meter, String part) {
    String name = kind(meter) == Kind.UNKNOWN ? sane(meter) + "_seconds" : withUnit(meter);
    return name + "_" + part;
  }

  private String withUnit(String meter) {
    String unit = sane(known.getOrDefault(meter, UNKNOWN).unit());
    String name = sane(meter);
    return unit.isEmpty() || name.endsWith("_" + unit) ? name : name + "_" + unit;
  }

  /** A tag's name. */
  static String label(String tag) {
    String name = sane(tag).replace(":", "_");
    return name.isEmpty() ? "_" : name;
  }

  private static String sane(String name) {
    return name.toLowerCase(Locale.ROOT).equals(name) ? clean(name) : clean(snake(name));
  }

  /** Micrometer's naming convention splits camel case. */
  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String clean(String name) {
    String clean = name.replaceAll("[^a-zA-Z0-9_:]", "_");
    return clean.isEmpty() || !Character.isDigit(clean.charAt(0)) ? clean : "m_" + clean;
  }
}
