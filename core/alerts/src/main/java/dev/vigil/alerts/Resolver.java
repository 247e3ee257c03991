package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Puts definitions in the place of their names, once and whole; finds circles. */
final class Resolver {

  /** Definitions that use others twice double in size with each: no rule of people needs this. */
  private static final int MOST_NODES = 10_000;

  /** As deep as a condition may nest, ten times over; the evaluator walks the tree. */
  private static final int DEEPEST = 2_000;

  private final Definitions definitions;
  private final Deque<String> open = new ArrayDeque<>();
  private String text = "";
  private int outermost = -1;
  private int nodes;
  private int depth;

  Resolver(Definitions definitions) {
    this.definitions = definitions;
  }

  Expr resolve(String text, Expr tree) {
    this.text = text;
    return resolve(tree);
  }

  /** Resolves a definition itself. */
  Expr resolve(String text, Expr tree, String name) {
    open.push(name);
    return resolve(text, tree);
  }

  private Expr resolve(Expr expr) {
    if (++nodes > MOST_NODES || ++depth > DEEPEST) {
      throw fault(expr, "its definitions make the condition too large", "use fewer of them");
    }
    Expr resolved = inner(expr);
    depth--;
    return resolved;
  }

  private Expr inner(Expr expr) {
    if (expr instanceof Expr.Meter meter) {
      return meter(meter);
    }
    if (expr instanceof Expr.Range range) {
      return new Expr.Range(range.at(), resolve(range.of()), range.window());
    }
    if (expr instanceof Expr.Offset offset) {
      return new Expr.Offset(offset.at(), resolve(offset.of()), offset.by());
    }
    if (expr instanceof Expr.Negative negative) {
      return new Expr.Negative(negative.at(), resolve(negative.of()));
    }
    if (expr instanceof Expr.Not not) {
      return new Expr.Not(not.at(), resolve(not.of()));
    }
    if (expr instanceof Expr.Binary it) {
      return new Expr.Binary(it.at(), it.operator(), resolve(it.left()), resolve(it.right()));
    }
    if (expr instanceof Expr.Call call) {
      List<Expr> parts = call.parts().stream().map(this::resolve).toList();
      return new Expr.Call(call.at(), call.function(), call.by(), parts);
    }
    return expr;
  }

  private Expr meter(Expr.Meter meter) {
    Condition.Quantity own = definitions.own().get(meter.name());
    List<Expr.Option> builtIn =
        own == null ? definitions.builtIn(meter.name()) : List.<Expr.Option>of();
    if (own == null && builtIn.isEmpty()) {
      return meter;
    }
    if (!meter.matchers().isEmpty()) {
      return selected(meter, own != null);
    }
    if (own == null) {
      return new Expr.Definition(meter.at(), meter.name(), builtIn);
    }
    if (open.contains(meter.name())) {
      throw fault(
          meter,
          "definitions go in a circle: " + circle(meter.name()),
          "a definition cannot use itself; name it differently from its meter");
    }
    boolean outer = open.isEmpty();
    if (outer) {
      outermost = meter.at();
    }
    open.push(meter.name());
    Expr value = resolve(own.tree());
    open.pop();
    if (outer) {
      outermost = -1;
    }
    Expr.Option option = new Expr.Option(value, null, 0);
    return new Expr.Definition(meter.at(), meter.name(), List.of(option));
  }

  /** With tags it is the meter of that name that is meant, unless the name was given away. */
  private Expr selected(Expr.Meter meter, boolean own) {
    if (own) {
      throw fault(
          meter,
          "'" + meter.name() + "' is a definition, which has no tags",
          "put the tags inside of it");
    }
    return meter;
  }

  private String circle(String back) {
    StringBuilder circle = new StringBuilder();
    open.descendingIterator().forEachRemaining(name -> circle.append(name).append(" -> "));
    return circle.append(back).toString();
  }

  /** At the place in the condition, wherever inside of a definition the fault is. */
  private ConditionException fault(Expr at, String reason, String hint) {
    int place = outermost >= 0 ? outermost : at.at();
    return ConditionException.of(text, Math.min(place, text.length()), reason, hint);
  }
}
