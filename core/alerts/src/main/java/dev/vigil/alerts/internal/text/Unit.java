package dev.vigil.alerts.internal.text;

import dev.vigil.core.internal.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What may follow a number. Bytes count in powers of 1024 under both spellings, as in {@code -Xmx}
 * and Spring's DataSize.
 */
public enum Unit {
  /** As in the name. */
  PERCENT("%", Dimension.SHARE, 1, -2),
  /** As in the name. */
  MILLISECONDS("ms", Dimension.TIME, 1, -3),
  /** As in the name. */
  SECONDS("s", Dimension.TIME, 1, 0),
  /** As in the name. */
  MINUTES("m", Dimension.TIME, 60, 0),
  /** As in the name. */
  HOURS("h", Dimension.TIME, 3_600, 0),
  /** As in the name. */
  DAYS("d", Dimension.TIME, 86_400, 0),
  /** As in the name. */
  BYTES("B", Dimension.BYTES, 1, 0),
  /** As in the name. */
  KB("KB", Dimension.BYTES, 1L << 10, 0),
  /** As in the name. */
  MB("MB", Dimension.BYTES, 1L << 20, 0),
  /** As in the name. */
  GB("GB", Dimension.BYTES, 1L << 30, 0),
  /** As in the name. */
  TB("TB", Dimension.BYTES, 1L << 40, 0),
  /** As in the name. */
  KIB("KiB", Dimension.BYTES, 1L << 10, 0),
  /** As in the name. */
  MIB("MiB", Dimension.BYTES, 1L << 20, 0),
  /** As in the name. */
  GIB("GiB", Dimension.BYTES, 1L << 30, 0),
  /** As in the name. */
  TIB("TiB", Dimension.BYTES, 1L << 40, 0);

  /** What people write instead. */
  private static final Map<String, Unit> WORDS =
      Map.ofEntries(
          Map.entry("percent", PERCENT),
          Map.entry("pct", PERCENT),
          Map.entry("millis", MILLISECONDS),
          Map.entry("milliseconds", MILLISECONDS),
          Map.entry("sec", SECONDS),
          Map.entry("secs", SECONDS),
          Map.entry("second", SECONDS),
          Map.entry("seconds", SECONDS),
          Map.entry("min", MINUTES),
          Map.entry("mins", MINUTES),
          Map.entry("minute", MINUTES),
          Map.entry("minutes", MINUTES),
          Map.entry("hr", HOURS),
          Map.entry("hrs", HOURS),
          Map.entry("hour", HOURS),
          Map.entry("hours", HOURS),
          Map.entry("day", DAYS),
          Map.entry("days", DAYS),
          Map.entry("byte", BYTES),
          Map.entry("bytes", BYTES),
          Map.entry("k", KB),
          Map.entry("g", GB),
          Map.entry("t", TB));

  private final String symbol;
  private final Dimension dimension;
  private final long factor;
  private final int decimals;

  Unit(String symbol, Dimension dimension, long factor, int decimals) {
    this.symbol = symbol;
    this.dimension = dimension;
    this.factor = factor;
    this.decimals = decimals;
  }

  /** A value in base units as a number of this unit: 0.05 as 5 percent. */
  public double from(double base) {
    return base / factor / Math.pow(10, decimals);
  }

  /** How it is written. */
  public String symbol() {
    return symbol;
  }

  Dimension dimension() {
    return dimension;
  }

  /** What a value is multiplied with, besides the power of ten. */
  long factor() {
    return factor;
  }

  /** The power of ten: kept apart so that 99.9% is 0.999 and not 99.9 / 100. */
  int decimals() {
    return decimals;
  }

  /** The unit that is written so. */
  public static Optional<Unit> of(String symbol) {
    return Arrays.stream(values()).filter(unit -> unit.symbol.equals(symbol)).findFirst();
  }

  /** The unit that was probably meant. */
  static Optional<Unit> meant(String word) {
    Unit known = WORDS.get(word.toLowerCase(Locale.ROOT));
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Unit> otherCase =
        Arrays.stream(values()).filter(unit -> unit.symbol.equalsIgnoreCase(word)).findFirst();
    return otherCase.isPresent()
        ? otherCase
        : NearestName.of(word, List.copyOf(WORDS.keySet())).map(WORDS::get);
  }
}
