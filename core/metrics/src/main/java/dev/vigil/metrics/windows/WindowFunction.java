package dev.vigil.metrics.windows;

import java.util.Objects;

/**
 * What is asked of a window: one number from the snapshots in it.
 *
 * <table>
 *   <caption>What it means for which meter</caption>
 *   <tr><th></th><th>counter</th><th>gauge, long task</th><th>timer, summary</th></tr>
 *   <tr><td>rate</td><td>increase a second</td><td></td><td>events a second</td></tr>
 *   <tr><td>increase</td><td>growth, resets counted</td><td></td><td>events</td></tr>
 *   <tr><td>avg</td><td></td><td>of the snapshots</td><td>amount an event</td></tr>
 *   <tr><td>min</td><td></td><td>of the snapshots</td><td></td></tr>
 *   <tr><td>max</td><td></td><td>of the snapshots</td><td>of the events</td></tr>
 *   <tr><td>sum</td><td></td><td>of the snapshots</td><td>of the amounts</td></tr>
 *   <tr><td>count</td><td>snapshots</td><td>snapshots</td><td>events</td></tr>
 *   <tr><td>last</td><td></td><td>the newest</td><td></td></tr>
 *   <tr><td>delta</td><td></td><td>newest less oldest</td><td></td></tr>
 *   <tr><td>stddev</td><td></td><td>of the snapshots</td><td></td></tr>
 *   <tr><td>changes</td><td>between snapshots</td><td>between snapshots</td><td></td></tr>
 *   <tr><td>p..</td><td></td><td>of the snapshots</td><td>of the events, not of a function timer</td></tr>
 * </table>
 *
 * <p>Immutable, equal by value.
 */
public final class WindowFunction {

  /** What is computed; all percentiles are one. */
  enum Kind {
    RATE,
    INCREASE,
    AVG,
    MIN,
    MAX,
    SUM,
    COUNT,
    LAST,
    DELTA,
    STDDEV,
    CHANGES,
    PERCENTILE
  }

  private static final int COUNTERS = 1;
  private static final int GAUGES = 2;
  private static final int EVENTS = 4;

  /** Growth a second. */
  public static final WindowFunction RATE =
      new WindowFunction("rate", Kind.RATE, COUNTERS | EVENTS);

  /** Growth; a fall of a counter is a reset, and what it grew to since counts. */
  public static final WindowFunction INCREASE =
      new WindowFunction("increase", Kind.INCREASE, COUNTERS | EVENTS);

  /** The mean of the snapshots, or the mean amount of an event. */
  public static final WindowFunction AVG = new WindowFunction("avg", Kind.AVG, GAUGES | EVENTS);

  /** The least snapshot. */
  public static final WindowFunction MIN = new WindowFunction("min", Kind.MIN, GAUGES);

  /** The greatest snapshot, or the greatest amount of an event. */
  public static final WindowFunction MAX = new WindowFunction("max", Kind.MAX, GAUGES | EVENTS);

  /** The sum of the snapshots, or of the amounts of the events. */
  public static final WindowFunction SUM = new WindowFunction("sum", Kind.SUM, GAUGES | EVENTS);

  /** How many snapshots have a value, or how many events there were. */
  public static final WindowFunction COUNT =
      new WindowFunction("count", Kind.COUNT, COUNTERS | GAUGES | EVENTS);

  /** The newest snapshot that has a value. */
  public static final WindowFunction LAST = new WindowFunction("last", Kind.LAST, GAUGES);

  /** The newest snapshot less the oldest. */
  public static final WindowFunction DELTA = new WindowFunction("delta", Kind.DELTA, GAUGES);

  /** The population standard deviation of the snapshots. */
  public static final WindowFunction STDDEV = new WindowFunction("stddev", Kind.STDDEV, GAUGES);

  /** How often a snapshot differs from the one before it. */
  public static final WindowFunction CHANGES =
      new WindowFunction("changes", Kind.CHANGES, COUNTERS | GAUGES);

  /** The median. */
  public static final WindowFunction P50 = new WindowFunction("p50", 0.5);

  /** The 90th percentile. */
  public static final WindowFunction P90 = new WindowFunction("p90", 0.9);

  /** The 95th percentile. */
  public static final WindowFunction P95 = new WindowFunction("p95", 0.95);

  /** The 99th percentile. */
  public static final WindowFunction P99 = new WindowFunction("p99", 0.99);

  /** The percentile that one in a thousand exceeds. */
  public static final WindowFunction P999 = new WindowFunction("p999", 0.999);

  private final String name;
  private final Kind kind;
  private final int kinds;
  private final double quantile;

  private WindowFunction(String name, Kind kind, int kinds) {
    this.name = name;
    this.kind = kind;
    this.kinds = kinds;
    this.quantile = Double.NaN;
  }

  private WindowFunction(String name, double quantile) {
    this.name = name;
    this.kind = Kind.PERCENTILE;
    this.kinds = GAUGES | EVENTS;
    this.quantile = quantile;
  }

  /**
   * Any percentile.
   *
   * @param quantile from 0 to 1: 0.995 for 99.5 %
   * @throws IllegalArgumentException if it lies outside, or is not a number
   */
  public static WindowFunction percentile(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("quantile must be from 0 to 1 but was " + quantile);
    }
    return new WindowFunction("percentile " + quantile, quantile);
  }

  /** The name as in a rule, for example {@code rate}. */
  public String name() {
    return name;
  }

  /** Whether it is a percentile, which needs buckets where the meter has events. */
  public boolean isPercentile() {
    return kind == Kind.PERCENTILE;
  }

  /** The quantile from 0 to 1 of a percentile, NaN for any other function. */
  public double quantile() {
    return quantile;
  }

  Kind kind() {
    return kind;
  }

  boolean isForCounters() {
    return (kinds & COUNTERS) != 0;
  }

  boolean isForGauges() {
    return (kinds & GAUGES) != 0;
  }

  boolean isForEvents() {
    return (kinds & EVENTS) != 0;
  }

  /** Percentiles are equal by quantile, so that {@code p95} and {@code percentile 0.95} share. */
  @Override
  public boolean equals(Object other) {
    return other instanceof WindowFunction that
        && (isPercentile() ? Double.compare(quantile, that.quantile) == 0 : name.equals(that.name));
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, quantile);
  }

  @Override
  public String toString() {
    return name;
  }
}
