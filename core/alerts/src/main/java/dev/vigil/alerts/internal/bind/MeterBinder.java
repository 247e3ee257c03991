package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Dimension;
import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Function;
import dev.vigil.metrics.windows.MeterKind;
import dev.vigil.metrics.windows.Reading;
import dev.vigil.metrics.windows.Series;
import dev.vigil.metrics.windows.WindowFunction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Binds what reads a meter: its bare name, and functions over a window of it. */
final class MeterBinder {

  /** What a bare timer's mean is of, and a bare counter's increase in a rule without duration. */
  private static final Duration BARE = Duration.ofMinutes(1);

  private final Selections selections;
  private final Duration counterWindow;
  private boolean countsOverDuration;

  /**
   * @param duration how long the rule waits, zero for not at all: a bare counter's window
   * @param interval between evaluations: the shortest window
   */
  MeterBinder(Selections selections, Duration duration, Duration interval) {
    this.selections = selections;
    Duration wanted = duration.isZero() ? BARE : duration;
    this.counterWindow = wanted.compareTo(interval) < 0 ? interval : wanted;
  }

  /** Whether a bare counter was bound, whose window is the rule's duration. */
  boolean countsOverDuration() {
    return countsOverDuration;
  }

  /** A meter without a function around it. */
  Table bare(Expr.Meter meter, Duration offset) {
    Table table = null;
    for (Series series : selections.series(meter.name(), meter.matchers())) {
      Table with = table == null ? Table.empty(dimension(meter, series)) : table;
      table = with.put(series.labels(), bare(meter, series, offset));
    }
    return table == null ? Table.empty(Dimension.NONE) : table;
  }

  private static Dimension dimension(Expr.Meter meter, Series series) {
    if (series.kind() == MeterKind.OTHER) {
      throw new BindFault(
          meter.at(),
          "meter " + meter.name() + " is neither counter, gauge, timer nor summary",
          "only these can be watched");
    }
    // A counter's increase is counted in what the counter counts.
    return Units.of(series.unit());
  }

  private Node bare(Expr.Meter meter, Series series, Duration offset) {
    if (series.kind() == MeterKind.COUNTER) {
      countsOverDuration = true;
      return read(meter, series, WindowFunction.INCREASE, counterWindow, offset);
    }
    if (offset.isZero()) {
      return new Nodes.Read(series.latest(), !series.kind().hasEvents());
    }
    return series.kind().hasEvents()
        ? read(meter, series, WindowFunction.AVG, BARE, offset)
        : read(meter, series, WindowFunction.LAST, BARE, offset);
  }

  /** Whether there is a value at all: growth does not matter. */
  Table presence(Expr.Meter meter) {
    Table table = Table.empty(Dimension.NONE);
    for (Series series : selections.series(meter.name(), meter.matchers())) {
      table.put(series.labels(), new Nodes.Read(series.latest(), false));
    }
    return table;
  }

  /** A function over a window. */
  Table window(Expr.Call call, Expr.Meter meter, Duration window, Duration offset) {
    WindowFunction function = function(call);
    Table table = null;
    for (Series series : selections.series(meter.name(), meter.matchers())) {
      if (!series.kind().supports(function)) {
        throw wrongKind(call, meter, series.kind());
      }
      Table with = table == null ? Table.empty(Units.of(series.unit(function))) : table;
      table = with.put(series.labels(), read(meter, series, function, window, offset));
    }
    return table == null ? Table.empty(Dimension.NONE) : table;
  }

  private static Node read(
      Expr.Meter meter, Series series, WindowFunction function, Duration window, Duration offset) {
    try {
      Reading reading = series.window(function, window, offset);
      return new Nodes.Read(reading, false);
    } catch (IllegalArgumentException refused) {
      throw new BindFault(meter.at(), String.valueOf(refused.getMessage()), null);
    }
  }

  private static BindFault wrongKind(Expr.Call call, Expr.Meter meter, MeterKind kind) {
    List<String> possible =
        Arrays.stream(Function.values())
            .filter(Function::windows)
            .filter(other -> kind.supports(plain(other)))
            .map(Function::word)
            .toList();
    return new BindFault(
        call.at(),
        call.function().word()
            + "() is not known of "
            + meter.name()
            + ", a "
            + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        possible.isEmpty() ? null : "it has " + String.join(", ", possible));
  }

  static WindowFunction function(Expr.Call call) {
    boolean any = call.function() == Function.PERCENTILE;
    return any && call.parts().get(1) instanceof Expr.Literal share
        ? WindowFunction.percentile(share.value())
        : plain(call.function());
  }

  private static WindowFunction plain(Function function) {
    return switch (function) {
      case RATE -> WindowFunction.RATE;
      case INCREASE -> WindowFunction.INCREASE;
      case LAST -> WindowFunction.LAST;
      case DELTA -> WindowFunction.DELTA;
      case STDDEV -> WindowFunction.STDDEV;
      case CHANGES -> WindowFunction.CHANGES;
      case P50, PERCENTILE -> WindowFunction.P50;
      case P90 -> WindowFunction.P90;
      case P95 -> WindowFunction.P95;
      case P99 -> WindowFunction.P99;
      case P999 -> WindowFunction.P999;
      case SUM -> WindowFunction.SUM;
      case MIN -> WindowFunction.MIN;
      case MAX -> WindowFunction.MAX;
      case AVG -> WindowFunction.AVG;
      case COUNT -> WindowFunction.COUNT;
      case ABS, ROUND, CLAMP, MOD, ABSENT, UPTIME ->
          throw new IllegalStateException(function + " has no window");
    };
  }
}
