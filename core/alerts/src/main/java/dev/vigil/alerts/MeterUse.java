package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Function;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One place in a resolved condition where a meter is read.
 *
 * @param meter which
 * @param call the function over a window, or null for a bare meter
 * @param window the function's window, or null for a bare meter
 * @param offset how far back, zero for now
 * @param definition the built-in definition that it is an option of, or null
 */
record MeterUse(
    Expr.Meter meter,
    Expr.@Nullable Call call,
    @Nullable Duration window,
    Duration offset,
    Expr.@Nullable Definition definition) {

  /** All of them, from left to right. */
  static List<MeterUse> in(Expr tree) {
    List<MeterUse> uses = new ArrayList<>();
    new Walk(uses).visit(tree, new Around(null, null, Duration.ZERO, null));
    return uses;
  }

  /** The names of the meters of which percentiles are asked. */
  static Set<String> percentiles(Iterable<Expr> trees) {
    Set<String> names = new TreeSet<>();
    for (Expr tree : trees) {
      in(tree).stream().filter(MeterUse::percentile).forEach(use -> names.add(use.meter().name()));
    }
    return names;
  }

  /** The longest window with its offset; zero where there is none. */
  static Duration longest(Iterable<Expr> trees) {
    Duration longest = Duration.ZERO;
    for (Expr tree : trees) {
      for (MeterUse use : in(tree)) {
        Duration window = use.window() == null ? Duration.ZERO : use.window();
        Duration reach = window.plus(use.offset());
        longest = reach.compareTo(longest) > 0 ? reach : longest;
      }
    }
    return longest;
  }

  private boolean percentile() {
    Function function = call == null ? Function.RATE : call.function();
    return switch (function) {
      case P50, P90, P95, P99, P999, PERCENTILE -> true;
      default -> false;
    };
  }

  private record Around(
      Expr.@Nullable Call call,
      @Nullable Duration window,
      Duration offset,
      Expr.@Nullable Definition definition) {}

  private record Walk(List<MeterUse> uses) {

    void visit(Expr expr, Around around) {
      if (expr instanceof Expr.Meter it) {
        uses.add(new MeterUse(it, around.call, around.window, around.offset, around.definition));
        return;
      }
      if (expr instanceof Expr.Definition it) {
        boolean builtIn = it.options().size() > 1;
        Around inside =
            new Around(around.call, around.window, around.offset, builtIn ? it : around.definition);
        it.options().forEach(option -> visit(option.value(), inside));
        return;
      }
      Around inside = around;
      if (expr instanceof Expr.Offset it) {
        Duration offset = around.offset.plus(it.by());
        inside = new Around(around.call, around.window, offset, around.definition);
      } else if (expr instanceof Expr.Range it) {
        inside = new Around(around.call, it.window(), around.offset, around.definition);
      } else if (expr instanceof Expr.Call it) {
        Expr.Call call = it.windowed() ? it : null;
        inside = new Around(call, null, around.offset, around.definition);
      }
      for (Expr part : expr.parts()) {
        visit(part, inside);
      }
    }
  }
}
