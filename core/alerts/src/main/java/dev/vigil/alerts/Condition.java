package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Parser;
import dev.vigil.alerts.internal.text.SyntaxFault;
import java.util.Objects;

/**
 * When a rule is true: a text such as {@code error_rate > 5%}, understood.
 *
 * <p>The grammar stands in the module's README. At most 20,000 characters, 1,000 operators and 200
 * levels of brackets; parsing takes a time linear in the text. Whether the meters exist, and are of
 * a kind that the condition can use, is known only once they are looked up.
 *
 * <pre>{@code
 * Condition.parse("p95(http.server.requests[5m]) > 1.5s and rate(http.server.requests[5m]) > 1");
 * }</pre>
 *
 * <p>Immutable and thread-safe. Two conditions are equal where their texts are.
 */
public final class Condition {

  private final String text;
  private final Expr tree;

  private Condition(String text, Expr tree) {
    this.text = text;
    this.tree = tree;
  }

  /**
   * Understands a condition.
   *
   * @throws ConditionException if the text is none; it tells where, and the way out
   */
  public static Condition parse(String text) {
    Objects.requireNonNull(text, "text");
    try {
      return new Condition(text, Parser.condition(text));
    } catch (SyntaxFault fault) {
      throw ConditionException.of(text, fault);
    }
  }

  Expr tree() {
    return tree;
  }

  /** The same, understood as a number: a definition. */
  record Quantity(String text, Expr tree) {}

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
