package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Unit;
import dev.vigil.core.internal.Quoted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One sentence for people with places for the value and for labels: {@code error rate {value|%} on
 * {service}}.
 *
 * <p>{@code {value}} is the number as it is, {@code {value|unit}} the same in one of the grammar's
 * units, and any other name a label. Numbers have four significant digits.
 */
final class SummaryTemplate {

  private static final int LONGEST = 1_000;
  private static final MathContext DIGITS = new MathContext(4);
  private static final String VALUE = "value";

  private interface Part {
    void append(StringBuilder to, Map<String, String> labels, double value);
  }

  private final String text;
  private final List<Part> parts;

  private SummaryTemplate(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if a brace is not closed, or a unit is unknown
   */
  static SummaryTemplate of(String text) {
    if (text.isBlank() || text.length() > LONGEST || !Names.printable(text)) {
      throw new IllegalArgumentException(
          "summary must be one line of 1 to "
              + LONGEST
              + " printable characters but was "
              + Quoted.of(text));
    }
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException(
            "summary has a '{' at column " + (open + 1) + " that is not closed");
      }
      literal(text.substring(at, open), parts);
      parts.add(place(text.substring(open + 1, close)));
      at = close + 1;
    }
    literal(text.substring(at), parts);
    return new SummaryTemplate(text, List.copyOf(parts));
  }

  private static void literal(String literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add((to, labels, value) -> to.append(literal));
    }
  }

  private static Part place(String place) {
    int bar = place.indexOf('|');
    String name = (bar < 0 ? place : place.substring(0, bar)).strip();
    if (bar < 0) {
      return name.equals(VALUE)
          ? (to, labels, value) -> to.append(number(value))
          : (to, labels, value) -> to.append(labels.getOrDefault(name, "?"));
    }
    String symbol = place.substring(bar + 1).strip();
    Unit unit =
        Unit.of(symbol)
            .filter(known -> name.equals(VALUE))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "summary has a place "
                            + Quoted.of("{" + place + "}")
                            + "; a place is {value}, {value|%} (or another unit), or {label}"));
    String space = unit == Unit.PERCENT ? "" : " ";
    return (to, labels, value) ->
        to.append(number(unit.from(value))).append(space).append(unit.symbol());
  }

  /** The sentence for one instance. */
  String of(Map<String, String> labels, double value) {
    StringBuilder sentence = new StringBuilder(text.length() + 16);
    parts.forEach(part -> part.append(sentence, labels, value));
    return sentence.toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "no value" : value > 0 ? "infinite" : "-infinite";
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return Math.abs(rounded.scale()) > 15 ? rounded.toString() : rounded.toPlainString();
  }

  /** The template as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
