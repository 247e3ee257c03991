package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Function;
import dev.vigil.alerts.internal.text.Operator;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A division of one meter's events under some tags by its events under fewer: {@code
 * increase(x{status="500"}[5m]) / increase(x[5m])}.
 *
 * <p>By equal labels each series would be divided by itself, which is 1 whatever happens. What is
 * meant is the share, so both sides are summed. A share for each value of a tag is written with
 * {@code sum by (tag) (..)} on both sides.
 */
final class Share {

  private record Events(
      Function function,
      String meter,
      List<Expr.Matcher> matchers,
      Duration window,
      Duration offset) {

    static @Nullable Events of(Expr expr, Duration offset) {
      if (expr instanceof Expr.Offset back) {
        return of(back.of(), offset.plus(back.by()));
      }
      if (!(expr instanceof Expr.Call call) || !call.windowed()) {
        return null;
      }
      Expr first = call.parts().get(0);
      Duration back = first instanceof Expr.Offset it ? it.by() : Duration.ZERO;
      Expr range = first instanceof Expr.Offset it ? it.of() : first;
      return range instanceof Expr.Range over && over.of() instanceof Expr.Meter meter
          ? new Events(
              call.function(), meter.name(), meter.matchers(), over.window(), offset.plus(back))
          : null;
    }

    private boolean counts() {
      return function == Function.RATE
          || function == Function.INCREASE
          || function == Function.COUNT
          || function == Function.SUM;
    }
  }

  private Share() {}

  static boolean is(Expr.Binary binary) {
    Events part = Events.of(binary.left(), Duration.ZERO);
    Events all = Events.of(binary.right(), Duration.ZERO);
    return binary.operator() == Operator.DIVIDE
        && part != null
        && all != null
        && part.counts()
        && part.function() == all.function()
        && part.meter().equals(all.meter())
        && part.window().equals(all.window())
        && part.offset().equals(all.offset())
        && part.matchers().size() > all.matchers().size()
        && all.matchers().stream().allMatch(matcher -> has(part, matcher));
  }

  /** Patterns have no equality of their own. */
  private static boolean has(Events part, Expr.Matcher wanted) {
    return part.matchers().stream()
        .anyMatch(
            it ->
                it.tag().equals(wanted.tag())
                    && it.match() == wanted.match()
                    && it.value().equals(wanted.value()));
  }
}
