package dev.vigil.metrics.windows;

import java.time.Duration;
import java.util.Map;

/**
 * One meter, seen through snapshots: a name with one set of tags. Only what is asked for is
 * recorded, from the first snapshot after it was asked for.
 *
 * <p>To be used by the evaluator's thread alone.
 */
public final class Series {

  private final String name;
  private final Map<String, String> labels;
  private final MeterKind kind;
  private final String unit;

  Series(String name, Map<String, String> labels, MeterKind kind, String unit) {
    this.name = name;
    this.labels = labels;
    this.kind = kind;
    this.unit = unit;
  }

  /** The meter's name. */
  public String name() {
    return name;
  }

  /** The meter's tags, sorted by name, immutable. */
  public Map<String, String> labels() {
    return labels;
  }

  /** What the meter counts or shows. */
  public MeterKind kind() {
    return kind;
  }

  /**
   * What the values are in: {@code seconds} for all times, {@code bytes} for all sizes whatever the
   * meter's own unit, the empty string for shares (a meter in percent reads as 0.8 for 80) and
   * where the meter has no unit, else the meter's own base unit. Counts and rates of events have no
   * unit, see {@link #unit(WindowFunction)}.
   */
  public String unit() {
    return unit;
  }

  /**
   * What {@code function} over a window of this series is in: the empty string for plain numbers.
   */
  public String unit(WindowFunction function) {
    return unit;
  }

  /**
   * The value now: a gauge's, a counter's total (in a composite registry, since rules first asked
   * for it), the longest running task's seconds, and of a timer or summary the mean over the last
   * minute, or the last interval where that is longer.
   */
  public Reading latest() {
    return new Reading();
  }

  /**
   * A window that ends at the last snapshot.
   *
   * @throws IllegalArgumentException as {@link #window(WindowFunction, Duration, Duration)}
   */
  public Reading window(WindowFunction function, Duration window) {
    return window(function, window, Duration.ZERO);
  }

  /**
   * A window that ends {@code offset} before the last snapshot.
   *
   * @param window from one evaluation interval to the longest window; rounded up to whole snapshots
   * @param offset zero or more; window and offset together are at most the longest window
   * @throws IllegalArgumentException if window or offset lie outside of these bounds, or {@link
   *     #kind} does not support the function
   */
  public Reading window(WindowFunction function, Duration window, Duration offset) {
    return new Reading();
  }

  /**
   * Whether the meter cannot be read since its function has not returned for an interval: the
   * condition is in error, rather than missing. Its readings are missing meanwhile.
   */
  public boolean blocked() {
    return false;
  }
}
