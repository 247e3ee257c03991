package dev.vigil.alerts;

import dev.vigil.alerts.internal.bind.Share;
import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Function;
import dev.vigil.alerts.internal.text.Operator;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A resolved condition in PromQL. */
final class PromWriter {

  private static final Duration BARE = Duration.ofMinutes(1);

  private final PromNames names;
  private final Duration duration;
  private boolean countsOverDuration;

  PromWriter(PromNames names, Duration duration) {
    this.names = names;
    this.duration = duration;
  }

  /** Whether a bare counter has taken the rule's duration for its window. */
  boolean countsOverDuration() {
    return countsOverDuration;
  }

  String write(Expr expr) {
    return write(expr, Duration.ZERO);
  }

  private String write(Expr expr, Duration offset) {
    if (expr instanceof Expr.Literal literal) {
      return number(literal.value());
    }
    if (expr instanceof Expr.Meter meter) {
      return bare(meter, offset);
    }
    if (expr instanceof Expr.Offset back) {
      return write(back.of(), offset.plus(back.by()));
    }
    if (expr instanceof Expr.Negative negative) {
      return "-(" + write(negative.of(), offset) + ")";
    }
    if (expr instanceof Expr.Not not) {
      return not(not.of(), offset);
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
      return option(option(definition), offset);
    }
    throw new IllegalStateException("a window outside of a function");
  }

  private String option(Expr.Option option, Duration offset) {
    String value = write(option.value(), offset);
    return option.count() == null
        ? "(" + value + ")"
        : "("
            + value
            + " and on () ("
            + write(option.count(), offset)
            + " >= "
            + number(option.least())
            + "))";
  }

  private String binary(Expr.Binary binary, Duration offset) {
    String left = write(binary.left(), offset);
    String right = write(binary.right(), offset);
    Operator operator = binary.operator();
    if (Share.is(binary)) {
      return "(sum(" + left + ") / sum(" + right + "))";
    }
    if (operator.compares()
        && binary.left() instanceof Expr.Literal
        && binary.right() instanceof Expr.Literal) {
      // Two numbers make a number, not a set of series, which is what a rule has to answer.
      return "(vector(" + left + ") " + operator.symbol() + " " + right + ")";
    }
    return "(" + left + " " + operator.symbol() + " " + right + ")";
  }

  /** PromQL has no "not": the opposite comparison, and each operand's opposite. */
  private String not(Expr of, Duration offset) {
    if (of instanceof Expr.Not twice) {
      return write(twice.of(), offset);
    }
    if (of instanceof Expr.Binary binary) {
      Operator opposite = opposite(binary.operator());
      if (opposite.joins()) {
        return "("
            + not(binary.left(), offset)
            + " "
            + opposite.symbol()
            + " "
            + not(binary.right(), offset)
            + ")";
      }
      return binary(new Expr.Binary(binary.at(), opposite, binary.left(), binary.right()), offset);
    }
    if (of instanceof Expr.Health health) {
      return health(new Expr.Health(health.at(), health.check(), !health.equal(), health.state()));
    }
    Expr.Call absent = (Expr.Call) of;
    return "(count(" + write(absent.parts().get(0), offset) + ") > 0)";
  }

  private static Operator opposite(Operator operator) {
    return switch (operator) {
      case GREATER -> Operator.AT_MOST;
      case LESS -> Operator.AT_LEAST;
      case AT_LEAST -> Operator.LESS;
      case AT_MOST -> Operator.GREATER;
      case EQUAL -> Operator.NOT_EQUAL;
      case NOT_EQUAL -> Operator.EQUAL;
      case AND -> Operator.OR;
      case OR -> Operator.AND;
      default -> throw new IllegalStateException(operator + " is no condition");
    };
  }

  private String call(Expr.Call call, Duration offset) {
    if (call.windowed()) {
      return windowed(call, call.parts().get(0), offset);
    }
    String of =
        call.parts().stream().map(it -> write(it, offset)).collect(Collectors.joining(", "));
    return switch (call.function()) {
      case MOD -> "(" + of.replaceFirst(", ", " % ") + ")";
      case UPTIME -> "(time() - process_start_time_seconds)";
      case SUM, MIN, MAX, AVG, COUNT -> call.function().word() + by(call.by()) + "(" + of + ")";
      default -> call.function().word() + "(" + of + ")";
    };
  }

  private static String by(@Nullable List<String> tags) {
    return tags == null
        ? ""
        : tags.stream().map(PromNames::label).collect(Collectors.joining(", ", " by (", ") "));
  }

  private String windowed(Expr.Call call, Expr range, Duration offset) {
    if (range instanceof Expr.Offset back) {
      return windowed(call, back.of(), offset.plus(back.by()));
    }
    Expr.Range over = (Expr.Range) range;
    Expr of = over.of();
    while (of instanceof Expr.Definition definition) {
      of = option(definition).value();
    }
    return window(call, (Expr.Meter) of, over.window(), offset);
  }

  private String window(Expr.Call call, Expr.Meter meter, Duration window, Duration offset) {
    Function function = call.function();
    boolean events = names.kind(meter.name()) == PromNames.Kind.EVENTS;
    boolean gauge = names.kind(meter.name()) == PromNames.Kind.GAUGE;
    String word = function.word();
    String range = "[" + duration(window) + "]" + offset(offset);
    return switch (function) {
      case RATE, INCREASE ->
          word
              + "("
              + (events ? names.events(meter.name(), "count") : names.counter(meter.name()))
              + matchers(meter)
              + range
              + ")";
      case P50 -> percentile(0.5, meter, range, gauge);
      case P90 -> percentile(0.9, meter, range, gauge);
      case P95 -> percentile(0.95, meter, range, gauge);
      case P99 -> percentile(0.99, meter, range, gauge);
      case P999 -> percentile(0.999, meter, range, gauge);
      case PERCENTILE ->
          percentile(((Expr.Literal) call.parts().get(1)).value(), meter, range, gauge);
      case AVG -> events ? mean(meter, range) : overTime(word, meter, range);
      case SUM, COUNT -> {
        String part = names.events(meter.name(), word);
        yield events
            ? "increase(" + part + matchers(meter) + range + ")"
            : overTime(word, meter, range);
      }
      case MAX ->
          events
              ? "max_over_time(" + names.events(meter.name(), "max") + matchers(meter) + range + ")"
              : overTime(word, meter, range);
      case DELTA, CHANGES -> word + "(" + series(meter) + matchers(meter) + range + ")";
      default -> overTime(word, meter, range);
    };
  }

  private String overTime(String word, Expr.Meter meter, String range) {
    return word + "_over_time(" + series(meter) + matchers(meter) + range + ")";
  }

  private String percentile(double quantile, Expr.Meter meter, String range, boolean gauge) {
    if (gauge) {
      return "quantile_over_time("
          + number(quantile)
          + ", "
          + series(meter)
          + matchers(meter)
          + range
          + ")";
    }
    return "histogram_quantile("
        + number(quantile)
        + ", rate("
        + names.events(meter.name(), "bucket")
        + matchers(meter)
        + range
        + "))";
  }

  private String mean(Expr.Meter meter, String range) {
    String tail = matchers(meter) + range + ")";
    return "(rate("
        + names.events(meter.name(), "sum")
        + tail
        + " / rate("
        + names.events(meter.name(), "count")
        + tail
        + ")";
  }

  private String bare(Expr.Meter meter, Duration offset) {
    return switch (names.kind(meter.name())) {
      case COUNTER -> {
        countsOverDuration = true;
        Duration window = duration.isZero() ? BARE : duration;
        yield "increase("
            + names.counter(meter.name())
            + matchers(meter)
            + "["
            + duration(window)
            + "]"
            + offset(offset)
            + ")";
      }
      case EVENTS -> mean(meter, "[" + duration(BARE) + "]" + offset(offset));
      case GAUGE, UNKNOWN -> names.gauge(meter.name()) + matchers(meter) + offset(offset);
    };
  }

  private String series(Expr.Meter meter) {
    return names.kind(meter.name()) == PromNames.Kind.COUNTER
        ? names.counter(meter.name())
        : names.gauge(meter.name());
  }

  private static String health(Expr.Health health) {
    String gauge =
        health.check() == null
            ? "vigil_health_overall"
            : "vigil_health_status{check=" + PrometheusRules.quoted(health.check()) + "}";
    if (health.state() == Expr.State.UNKNOWN) {
      // NaN is the only value that is not itself.
      return "(" + gauge + (health.equal() ? " != " : " == ") + gauge + ")";
    }
    int value =
        List.of(Expr.State.HEALTHY, Expr.State.DEGRADED, Expr.State.UNHEALTHY)
            .indexOf(health.state());
    return "(" + gauge + (health.equal() ? " == " : " != ") + value + ")";
  }

  /** The first option that is registered, else the last. */
  private Expr.Option option(Expr.Definition definition) {
    List<Expr.Option> options = definition.options();
    return options.stream()
        .filter(
            option ->
                MeterUse.in(option.value()).stream()
                    .allMatch(use -> names.kind(use.meter().name()) != PromNames.Kind.UNKNOWN))
        .findFirst()
        .orElse(options.get(options.size() - 1));
  }

  private static String matchers(Expr.Meter meter) {
    return meter.matchers().isEmpty()
        ? ""
        : meter.matchers().stream()
            .map(
                it ->
                    PromNames.label(it.tag())
                        + it.match().symbol()
                        + PrometheusRules.quoted(it.value()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String offset(Duration offset) {
    return offset.isZero() ? "" : " offset " + duration(offset);
  }

  /** In milliseconds at the finest, which is Prometheus's own resolution. */
  static String duration(Duration duration) {
    long millis = Math.max(1, duration.toMillis());
    return millis % 60_000 == 0
        ? millis / 60_000 + "m"
        : millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return Math.abs(exact.scale()) > 30
        ? String.format(Locale.ROOT, "%s", value)
        : exact.toPlainString();
  }
}
