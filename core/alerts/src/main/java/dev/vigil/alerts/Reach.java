package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Function;
import dev.vigil.metrics.windows.MeterWindows;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a condition asks of windows: how far back, and whose percentiles. */
final class Reach {

  private static final Set<Function> PERCENTILES =
      EnumSet.of(
          Function.P50,
          Function.P90,
          Function.P95,
          Function.P99,
          Function.P999,
          Function.PERCENTILE);

  private final Set<String> meters = new TreeSet<>();
  private final Set<String> percentiles = new TreeSet<>();
  private Duration longest = Duration.ZERO;

  private Reach() {}

  /** Of a condition with its definitions in place. */
  static Reach of(Expr expr) {
    Reach reach = new Reach();
    reach.visit(expr, Duration.ZERO, null);
    return reach;
  }

  /**
   * The same, of which each window is checked.
   *
   * @throws IllegalArgumentException if one is shorter than the interval or longer than the longest
   */
  static Reach checked(Expr expr, MeterWindows windows) {
    Reach reach = new Reach();
    reach.visit(expr, Duration.ZERO, windows);
    return reach;
  }

  /** The names of all meters whose percentiles are wanted. */
  static Set<String> percentiles(List<Reach> all) {
    Set<String> names = new TreeSet<>();
    all.forEach(reach -> names.addAll(reach.percentiles));
    return names;
  }

  /** Whether one of them may look at this meter. */
  static boolean anyTo(List<Reach> all, String meter) {
    return all.stream().anyMatch(reach -> reach.meters.contains(meter));
  }

  private void visit(Expr expr, Duration offset, @Nullable MeterWindows windows) {
    Duration back = expr instanceof Expr.Offset by ? offset.plus(by.by()) : offset;
    if (expr instanceof Expr.Meter meter) {
      meters.add(meter.name());
    }
    if (expr instanceof Expr.Range range) {
      Duration all = back.plus(range.window());
      longest = all.compareTo(longest) > 0 ? all : longest;
      if (windows != null) {
        windows.checkWindow(range.window(), back);
      }
    }
    if (expr instanceof Expr.Call call && PERCENTILES.contains(call.function())) {
      name(call.parts().get(0));
    }
    for (Expr part : expr.parts()) {
      visit(part, back, windows);
    }
  }

  private void name(Expr expr) {
    if (expr instanceof Expr.Meter meter) {
      percentiles.add(meter.name());
    }
    expr.parts().forEach(this::name);
  }

  /** How far back it looks. */
  Duration longest() {
    return longest;
  }
}
