package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Dimension;
import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Operator;

/** What the numbers that a condition combines measure, and whether they can be. */
final class Units {

  private Units() {}

  /** Of a series' unit; one that rules cannot write counts as a plain number. */
  static Dimension of(String unit) {
    return switch (unit) {
      case "seconds" -> Dimension.TIME;
      case "bytes" -> Dimension.BYTES;
      default -> Dimension.NONE;
    };
  }

  /** Of the result of an operator, for which the two have to go together. */
  static Dimension combined(Expr.Binary binary, Dimension left, Dimension right) {
    Operator operator = binary.operator();
    if (operator == Operator.MULTIPLY || operator == Operator.DIVIDE) {
      return scaled(operator, left, right);
    }
    if (!left.goesWith(right)) {
      throw new BindFault(
          binary.right().at(),
          "'" + operator.symbol() + "' cannot take " + left.words() + " and " + right.words(),
          "give both sides the same unit");
    }
    return left == Dimension.NONE ? right : left;
  }

  private static Dimension scaled(Operator operator, Dimension left, Dimension right) {
    if (right == Dimension.NONE || right == Dimension.SHARE) {
      return left;
    }
    boolean product = operator == Operator.MULTIPLY;
    return product && (left == Dimension.NONE || left == Dimension.SHARE) ? right : Dimension.NONE;
  }
}
