package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Parser;
import dev.vigil.alerts.internal.text.SyntaxFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * A number that conditions compare, put together in Java: the same grammar, with tags quoted and
 * durations written for you.
 *
 * <pre>{@code
 * Measure all = Measure.meter("http.server.requests");
 * Measure failed = all.tag("outcome", "SERVER_ERROR");
 * Condition condition =
 *     failed.increase(ofMinutes(5)).dividedBy(all.increase(ofMinutes(5))).above(0.05);
 * }</pre>
 *
 * <p>Immutable and thread-safe. {@link #toString} is the text.
 */
public final class Measure {

  private final String text;

  /** Whether tags can be added: a meter, nothing around it yet. */
  private final boolean meter;

  private Measure(String text, boolean meter) {
    this.text = text;
    this.meter = meter;
  }

  /**
   * A meter, or a definition, by name.
   *
   * @throws IllegalArgumentException if it cannot be written in a condition
   */
  public static Measure meter(String name) {
    return new Measure(Names.definition(name), true);
  }

  /**
   * Any expression of the grammar that is a number.
   *
   * @throws ConditionException if it is none
   */
  public static Measure of(String expression) {
    try {
      Parser.expression(Objects.requireNonNull(expression, "expression"));
    } catch (SyntaxFault fault) {
      throw ConditionException.of(expression, fault);
    }
    return new Measure("(" + expression + ")", false);
  }

  /**
   * Only of meters whose tag has this value.
   *
   * @throws IllegalStateException if this is no longer a bare meter
   */
  public Measure tag(String name, String value) {
    if (!meter) {
      throw new IllegalStateException("tags come before functions, but this is " + text);
    }
    String matcher =
        Names.definition(name) + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return new Measure(
        text.endsWith("}")
            ? text.substring(0, text.length() - 1) + "," + matcher + "}"
            : text + "{" + matcher + "}",
        true);
  }

  /** Growth a second over a window. */
  public Measure rate(Duration window) {
    return over("rate", window);
  }

  /** Growth over a window. */
  public Measure increase(Duration window) {
    return over("increase", window);
  }

  /** Of a timer or summary the mean event, of a gauge the mean snapshot. */
  public Measure average(Duration window) {
    return over("avg", window);
  }

  /** The greatest event or snapshot. */
  public Measure maximum(Duration window) {
    return over("max", window);
  }

  /**
   * A percentile.
   *
   * @param quantile from 0 to 1: 0.99 for p99
   */
  public Measure percentile(double quantile, Duration window) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("quantile must be from 0 to 1 but was " + quantile);
    }
    return new Measure("percentile(" + text + range(window) + ", " + number(quantile) + ")", false);
  }

  private Measure over(String function, Duration window) {
    return new Measure(function + "(" + text + range(window) + ")", false);
  }

  private static String range(Duration window) {
    return "[" + duration(window) + "]";
  }

  /** Across label sets, to one number. */
  public Measure sum() {
    return new Measure("sum(" + text + ")", false);
  }

  /** The quotient. */
  public Measure dividedBy(Measure other) {
    return new Measure("(" + text + " / " + other.text + ")", false);
  }

  /** True while this is above the limit, in base units: shares of one, seconds, bytes. */
  public Condition above(double limit) {
    return Condition.parse(text + " > " + number(limit));
  }

  /** True while this is above the limit. */
  public Condition above(Duration limit) {
    return Condition.parse(text + " > " + duration(limit));
  }

  /** True while this is below the limit, in base units: shares of one, seconds, bytes. */
  public Condition below(double limit) {
    return Condition.parse(text + " < " + number(limit));
  }

  /** True while this is below the limit. */
  public Condition below(Duration limit) {
    return Condition.parse(text + " < " + duration(limit));
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("a limit must be a number but was " + value);
    }
    return BigDecimal.valueOf(value).toPlainString();
  }

  private static String duration(Duration duration) {
    BigDecimal millis = BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros();
    return String.format(Locale.ROOT, "%sms", millis.toPlainString());
  }

  /** As in a rule. */
  @Override
  public String toString() {
    return text;
  }
}
