package dev.vigil.alerts.internal.text;

import java.util.Arrays;
import java.util.Optional;

/** What stands between two operands. */
public enum Operator {
  /** Addition. */
  ADD("+", Makes.NUMBER),
  /** Subtraction. */
  SUBTRACT("-", Makes.NUMBER),
  /** Multiplication. */
  MULTIPLY("*", Makes.NUMBER),
  /** Division. */
  DIVIDE("/", Makes.NUMBER),
  /** Greater. */
  GREATER(">", Makes.COMPARISON),
  /** Less. */
  LESS("<", Makes.COMPARISON),
  /** Greater or equal. */
  AT_LEAST(">=", Makes.COMPARISON),
  /** Less or equal. */
  AT_MOST("<=", Makes.COMPARISON),
  /** Equal, exactly. */
  EQUAL("==", Makes.COMPARISON),
  /** Not equal. */
  NOT_EQUAL("!=", Makes.COMPARISON),
  /** Both hold. */
  AND("and", Makes.JUNCTION),
  /** At least one holds. */
  OR("or", Makes.JUNCTION);

  private enum Makes {
    NUMBER,
    COMPARISON,
    JUNCTION
  }

  private final String symbol;
  private final Makes makes;

  Operator(String symbol, Makes makes) {
    this.symbol = symbol;
    this.makes = makes;
  }

  /** How it is written. */
  public String symbol() {
    return symbol;
  }

  /** Whether it takes two conditions. */
  public boolean joins() {
    return makes == Makes.JUNCTION;
  }

  /** Whether it takes two numbers and makes a condition. */
  public boolean compares() {
    return makes == Makes.COMPARISON;
  }

  /** Whether it makes a condition. */
  public boolean decides() {
    return makes != Makes.NUMBER;
  }

  static Optional<Operator> comparison(Token token) {
    return Arrays.stream(values()).filter(it -> it.compares() && token.is(it.symbol)).findFirst();
  }
}
