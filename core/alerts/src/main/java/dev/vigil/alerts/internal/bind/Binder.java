package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Dimension;
import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Function;
import dev.vigil.alerts.internal.text.Operator;
import dev.vigil.metrics.windows.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the evaluators of a tree out of the series that exist now. */
final class Binder {

  private final Selections selections;
  private final MeterBinder meters;
  private final Node uptime;
  private final Map<String, Integer> chosen;

  /**
   * @param chosen which option of a definition was taken before, by the definition's name: kept
   *     while its meters are away
   */
  Binder(Selections selections, MeterBinder meters, Node uptime, Map<String, Integer> chosen) {
    this.selections = selections;
    this.meters = meters;
    this.uptime = uptime;
    this.chosen = chosen;
  }

  Table bind(Expr expr) {
    return bind(expr, Duration.ZERO);
  }

  private Table bind(Expr expr, Duration offset) {
    if (expr instanceof Expr.Literal literal) {
      return Table.of(new Nodes.Constant(literal.value()), literal.dimension());
    }
    if (expr instanceof Expr.Meter meter) {
      return meters.bare(meter, offset);
    }
    if (expr instanceof Expr.Offset back) {
      return bind(back.of(), offset.plus(back.by()));
    }
    if (expr instanceof Expr.Negative negative) {
      Table of = bind(negative.of(), offset);
      return of.map(Nodes.Negative::new, of.dimension());
    }
    if (expr instanceof Expr.Not not) {
      return bind(not.of(), offset).map(Nodes.Not::new, Dimension.NONE);
    }
    if (expr instanceof Expr.Binary binary) {
      return binary(binary, offset);
    }
    if (expr instanceof Expr.Call call) {
      return call(call, offset);
    }
    if (expr instanceof Expr.Health health) {
      return health(health);
    }
    if (expr instanceof Expr.Definition definition) {
      return definition(definition, offset);
    }
    throw new BindFault(expr.at(), "a window stands inside of a function", "write rate(x[5m])");
  }

  private Table binary(Expr.Binary binary, Duration offset) {
    Operator operator = binary.operator();
    Table left = bind(binary.left(), offset);
    Table right = bind(binary.right(), offset);
    if (operator == Operator.OR) {
      return left.unite(right, Nodes.Or::new, Dimension.NONE);
    }
    if (operator == Operator.AND) {
      return left.meet(right, Nodes.And::new, Dimension.NONE);
    }
    Dimension made = Units.combined(binary, left.dimension(), right.dimension());
    if (operator.compares()) {
      return left.meet(right, (a, b) -> new Nodes.Comparison(operator, a, b), Dimension.NONE);
    }
    if (Share.is(binary)) {
      // Events under some tags out of all: where none has these tags yet, none of them happened.
      Node part = left.isEmpty() ? Node.MISSING : sum(left);
      return right.isEmpty()
          ? Table.empty(made)
          : Table.of(
              new Nodes.Arithmetic(operator, new Nodes.ZeroIfMissing(part), sum(right)), made);
    }
    return left.meet(right, (a, b) -> new Nodes.Arithmetic(operator, a, b), made);
  }

  private static Node sum(Table table) {
    return new Nodes.Aggregate(Function.SUM, table.nodes());
  }

  private Table call(Expr.Call call, Duration offset) {
    if (call.windowed()) {
      return windowed(call, call.parts().get(0), offset);
    }
    if (call.function() == Function.ABSENT) {
      return absent(call.parts().get(0), offset);
    }
    if (call.function() == Function.UPTIME) {
      return Table.of(uptime, Dimension.TIME);
    }
    return call.function().aggregates() ? aggregate(call, offset) : calculation(call, offset);
  }

  private Table windowed(Expr.Call call, Expr range, Duration offset) {
    if (range instanceof Expr.Offset back) {
      return windowed(call, back.of(), offset.plus(back.by()));
    }
    Expr.Range over = (Expr.Range) range;
    return meters.window(call, meter(over.of()), over.window(), offset);
  }

  /** The meter under a window, by whatever name. */
  private Expr.Meter meter(Expr of) {
    if (of instanceof Expr.Meter meter) {
      return meter;
    }
    if (of instanceof Expr.Definition definition) {
      Expr.Option option = choose(definition);
      if (option.count() == null && option.value() instanceof Expr.Meter meter) {
        return meter;
      }
      throw new BindFault(
          of.at(),
          definition.name() + " is a calculation, and has no snapshots to put a window over",
          "put the window inside of its definition");
    }
    throw new BindFault(of.at(), "a window follows a meter", "write rate(x[5m])");
  }

  private Table absent(Expr of, Duration offset) {
    boolean plain = of instanceof Expr.Meter && offset.isZero();
    Table table = plain ? meters.presence((Expr.Meter) of) : bind(of, offset);
    Map<String, String> labels = new TreeMap<>();
    if (of instanceof Expr.Meter meter) {
      meter.matchers().stream()
          .filter(matcher -> matcher.match() == Expr.Match.EQUAL && !matcher.value().isEmpty())
          .forEach(matcher -> labels.put(matcher.tag(), matcher.value()));
    }
    return Table.empty(Dimension.NONE)
        .put(Collections.unmodifiableMap(labels), new Nodes.Absent(table.nodes()));
  }

  private Table aggregate(Expr.Call call, Duration offset) {
    Table of = bind(call.parts().get(0), offset);
    Dimension made = call.function() == Function.COUNT ? Dimension.NONE : of.dimension();
    Table table = Table.empty(made);
    of.groups(call.by() == null ? List.of() : call.by())
        .forEach(
            (labels, nodes) ->
                table.put(labels, new Nodes.Aggregate(call.function(), List.copyOf(nodes))));
    return table;
  }

  private Table calculation(Expr.Call call, Duration offset) {
    Table first = bind(call.parts().get(0), offset);
    Table made =
        first.map(node -> new Nodes.Calculation(call.function(), List.of(node)), first.dimension());
    for (int i = 1; i < call.parts().size(); i++) {
      Table next = bind(call.parts().get(i), offset);
      if (!first.dimension().goesWith(next.dimension())) {
        throw new BindFault(
            call.parts().get(i).at(),
            call.function().word()
                + "() cannot take "
                + first.dimension().words()
                + " and "
                + next.dimension().words(),
            "give all of them the same unit");
      }
      made = made.meet(next, Binder::with, first.dimension());
    }
    return made;
  }

  /** A calculation with one more operand; missing where its first is. */
  private static Node with(Node calculation, Node more) {
    if (!(calculation instanceof Nodes.Calculation it)) {
      return Node.MISSING;
    }
    List<Node> of = new ArrayList<>(it.of());
    of.add(more);
    return new Nodes.Calculation(it.function(), List.copyOf(of));
  }

  private Table health(Expr.Health health) {
    List<Series> series =
        health.check() == null
            ? selections.series("vigil.health.overall", List.of())
            : selections.series(
                "vigil.health.status",
                List.of(new Expr.Matcher("check", Expr.Match.EQUAL, health.check(), null)));
    Table table = Table.empty(Dimension.NONE);
    // The rule names the check, so that it needs no label to be told from others.
    return series.isEmpty()
        ? table
        : table.put(
            Map.of(),
            new Nodes.Health(
                new Nodes.Read(series.get(0).latest(), true), health.state(), health.equal()));
  }

  private Table definition(Expr.Definition definition, Duration offset) {
    try {
      return option(choose(definition), offset);
    } catch (BindFault fault) {
      // What is inside stands in another text; in the condition the name is what is wrong.
      throw new BindFault(
          definition.at(), definition.name() + ": " + fault.getMessage(), fault.hint());
    }
  }

  private Table option(Expr.Option option, Duration offset) {
    Table value = bind(option.value(), offset);
    Expr count = option.count();
    if (count == null) {
      return value;
    }
    return value.meet(
        bind(count, offset),
        (of, events) -> new Nodes.Guarded(of, events, option.least()),
        value.dimension());
  }

  /** The first option whose meters there are; else the one of before; else the last. */
  private Expr.Option choose(Expr.Definition definition) {
    List<Expr.Option> options = definition.options();
    Map<String, Boolean> known = new HashMap<>();
    int first = options.size() == 1 ? 0 : -1;
    for (int i = options.size() - 1; i >= 0 && options.size() > 1; i--) {
      if (exists(options.get(i).value(), known)) {
        first = i;
      }
    }
    if (first >= 0) {
      chosen.put(definition.name(), first);
      return options.get(first);
    }
    return options.get(chosen.getOrDefault(definition.name(), options.size() - 1));
  }

  private boolean exists(Expr expr, Map<String, Boolean> known) {
    if (expr instanceof Expr.Meter meter) {
      return known.computeIfAbsent(
          meter.name(), name -> !selections.series(name, List.of()).isEmpty());
    }
    // All are asked for, also behind one that is not there: a meter that has been selected before
    // it
    // is born is known to have been born at zero.
    boolean all = true;
    for (Expr part : expr.parts()) {
      all &= exists(part, known);
    }
    return all;
  }
}
