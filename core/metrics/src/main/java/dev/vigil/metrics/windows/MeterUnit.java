package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A meter's base unit, and how its values become those of the units that rules compare in: seconds,
 * bytes, shares of one.
 *
 * @param name the unit of converted values, empty for a plain number
 * @param times what a value is multiplied by
 * @param over what it is divided by then: 80 / 100 is 0.8, whereas 7 * 0.01 is not 0.07
 */
record MeterUnit(String name, double times, double over) {

  static final MeterUnit NONE = new MeterUnit("", 1, 1);
  static final MeterUnit SECONDS = new MeterUnit("seconds", 1, 1);

  private static final long KIB = 1024;

  /** Names as in Micrometer's BaseUnits, and the usual short forms of them. */
  private static final Map<String, MeterUnit> KNOWN =
      Map.ofEntries(
          Map.entry("percent", new MeterUnit("", 1, 100)),
          Map.entry("%", new MeterUnit("", 1, 100)),
          Map.entry("ns", seconds(1, 1e9)),
          Map.entry("nanoseconds", seconds(1, 1e9)),
          Map.entry("us", seconds(1, 1e6)),
          Map.entry("microseconds", seconds(1, 1e6)),
          Map.entry("ms", seconds(1, 1e3)),
          Map.entry("milliseconds", seconds(1, 1e3)),
          Map.entry("s", SECONDS),
          Map.entry("seconds", SECONDS),
          Map.entry("minutes", seconds(60, 1)),
          Map.entry("hours", seconds(3600, 1)),
          Map.entry("days", seconds(86_400, 1)),
          Map.entry("bytes", bytes(1)),
          Map.entry("kb", bytes(KIB)),
          Map.entry("kilobytes", bytes(KIB)),
          Map.entry("mb", bytes(KIB * KIB)),
          Map.entry("megabytes", bytes(KIB * KIB)),
          Map.entry("gb", bytes(KIB * KIB * KIB)),
          Map.entry("gigabytes", bytes(KIB * KIB * KIB)));

  /** The unit that a meter declares; one that is not known keeps its name and its values. */
  static MeterUnit of(@Nullable String declared) {
    if (declared == null || declared.isEmpty()) {
      return NONE;
    }
    MeterUnit known = KNOWN.get(declared.toLowerCase(Locale.ROOT));
    return known == null ? new MeterUnit(declared, 1, 1) : known;
  }

  /** The unit that a meter's readings are in. */
  static MeterUnit of(Meter meter) {
    return MeterReader.of(meter).timed() ? SECONDS : of(meter.getId().getBaseUnit());
  }

  double convert(double value) {
    return value * times / over;
  }

  private static MeterUnit seconds(double times, double over) {
    return new MeterUnit("seconds", times, over);
  }

  private static MeterUnit bytes(double times) {
    return new MeterUnit("bytes", times, 1);
  }
}
