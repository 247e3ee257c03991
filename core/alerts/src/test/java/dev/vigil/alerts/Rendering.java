package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A condition's tree as the vectors print it. */
final class Rendering {

  private Rendering() {}

  static String of(Expr expr) {
    if (expr instanceof Expr.Literal literal) {
      return number(literal.value());
    }
    if (expr instanceof Expr.Meter meter) {
      return list("meter", atom(meter.name()), matchers(meter.matchers()));
    }
    if (expr instanceof Expr.Range range) {
      return list("range", of(range.of()), seconds(range.window()));
    }
    if (expr instanceof Expr.Offset offset) {
      return list("offset", of(offset.of()), seconds(offset.by()));
    }
    if (expr instanceof Expr.Negative negative) {
      return list("neg", of(negative.of()));
    }
    if (expr instanceof Expr.Not not) {
      return list("not", of(not.of()));
    }
    if (expr instanceof Expr.Binary binary) {
      return list(binary.operator().symbol(), of(binary.left()), of(binary.right()));
    }
    if (expr instanceof Expr.Health health) {
      return list(
          health.equal() ? "health==" : "health!=",
          health.check() == null ? "" : atom(health.check()),
          health.state().name().toLowerCase(Locale.ROOT));
    }
    Expr.Call call = (Expr.Call) expr;
    return list(
        call.function().word(),
        call.by() == null ? "" : "by (" + String.join(" ", call.by()) + ")",
        call.parts().stream().map(Rendering::of).collect(Collectors.joining(" ")));
  }

  private static String matchers(List<Expr.Matcher> matchers) {
    return matchers.isEmpty()
        ? ""
        : matchers.stream()
            .map(it -> list(it.tag(), it.match().symbol(), atom(it.value())))
            .collect(Collectors.joining(" ", "(", ")"));
  }

  private static String list(String... parts) {
    return Stream.of(parts)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" ", "(", ")"));
  }

  private static String atom(String text) {
    return text.matches("[\\w.:/-]+")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String seconds(Duration duration) {
    return number(duration.toNanos() / 1e9);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
