package dev.vigil.alerts.internal.text;

import dev.vigil.alerts.internal.text.Expr.Binary;
import dev.vigil.alerts.internal.text.Expr.Negative;
import dev.vigil.alerts.internal.text.Expr.Not;
import dev.vigil.alerts.internal.text.Expr.Offset;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Recursive descent over the grammar in the module's README, without going back, so its time is
 * linear in the text.
 *
 * <pre>
 * or         = and { ( "or" | "||" ) and }
 * and        = not { ( "and" | "&amp;&amp;" ) not }
 * not        = ( "not" | "!" ) not | comparison
 * comparison = sum [ cmp sum ] | health ( "==" | "!=" ) state
 * sum        = product { ( "+" | "-" ) product }
 * product    = unary { ( "*" | "/" ) unary }
 * unary      = "-" unary | primary [ "offset" duration ]
 * primary    = literal | call | meter | "(" or ")"
 * </pre>
 */
public final class Parser {

  /** Far beyond any rule that people read; a stack holds ten times as much. */
  private static final int DEEPEST = 200;

  /** A chain of operators leans to the left, and is as deep as it is long. */
  private static final int MOST_OPERATORS = 1_000;

  private static final int LONGEST = 20_000;

  final Tokens tokens;
  private final Calls calls;
  private int depth;
  private int operators;

  private Parser(String text) {
    tokens = new Tokens(text);
    calls = new Calls(this);
  }

  /**
   * Parses a condition.
   *
   * @throws SyntaxFault if the text is none
   */
  public static Expr condition(String text) {
    return whole(text, true);
  }

  /**
   * Parses a definition, which may be a number as well.
   *
   * @throws SyntaxFault if the text is neither
   */
  public static Expr expression(String text) {
    return whole(text, false);
  }

  /** A duration such as {@code 5m}, zero included; empty where the text is none. */
  public static Optional<Duration> duration(String text) {
    try {
      return whole(text, false) instanceof Expr.Literal literal
              && literal.dimension() == Dimension.TIME
              && literal.value() <= Tokens.LONGEST.toSeconds()
          ? Optional.of(Duration.ofNanos(Math.round(literal.value() * 1e9)))
          : Optional.empty();
    } catch (SyntaxFault none) {
      return Optional.empty();
    }
  }

  private static Expr whole(String text, boolean mustDecide) {
    if (text.length() > LONGEST) {
      throw new SyntaxFault(LONGEST, "a condition has at most " + LONGEST + " characters");
    }
    Parser parser = new Parser(text);
    int at = parser.tokens.at();
    Expr tree = parser.or();
    parser.tokens.end();
    if (mustDecide && !tree.decides()) {
      throw new SyntaxFault(
          at, "a rule must be a condition, this is a number: compare it with something");
    }
    return tree;
  }

  Expr or() {
    int at = tokens.at();
    Expr left = and();
    while (tokens.skip("or", "||")) {
      left = binary(Operator.OR, at, left, this::and);
    }
    return left;
  }

  private Expr and() {
    int at = tokens.at();
    Expr left = not();
    while (tokens.skip("and", "&&")) {
      left = binary(Operator.AND, at, left, this::not);
    }
    return left;
  }

  private Expr not() {
    int at = tokens.at();
    if (!tokens.skip("not", "!")) {
      return comparison();
    }
    int of = tokens.at();
    return new Not(at, condition("'not' needs a condition", of, nested(this::not)));
  }

  private Expr comparison() {
    if (calls.healthAhead()) {
      return calls.health();
    }
    int at = tokens.at();
    Expr left = sum();
    Operator operator = Operator.comparison(tokens.peek()).orElse(null);
    if (operator == null) {
      return left;
    }
    tokens.take();
    return binary(operator, at, left, this::sum);
  }

  private Expr sum() {
    int at = tokens.at();
    Expr left = product();
    while (true) {
      if (tokens.skip("+")) {
        left = binary(Operator.ADD, at, left, this::product);
      } else if (tokens.skip("-")) {
        left = binary(Operator.SUBTRACT, at, left, this::product);
      } else {
        return left;
      }
    }
  }

  private Expr product() {
    int at = tokens.at();
    Expr left = unary();
    while (true) {
      if (tokens.skip("*")) {
        left = binary(Operator.MULTIPLY, at, left, this::unary);
      } else if (tokens.skip("/")) {
        left = binary(Operator.DIVIDE, at, left, this::unary);
      } else {
        return left;
      }
    }
  }

  private Expr unary() {
    int at = tokens.at();
    if (tokens.skip("-")) {
      int of = tokens.at();
      return new Negative(at, number("'-' takes a number", of, nested(this::unary)));
    }
    Expr of = primary();
    return tokens.peek().is("offset") ? offset(at, of) : of;
  }

  private Expr offset(int at, Expr of) {
    if (!(of instanceof Expr.Meter) && !(of instanceof Expr.Call call && call.windowed())) {
      throw new SyntaxFault(tokens.at(), "'offset' follows a meter or a window function");
    }
    tokens.take();
    return new Offset(at, of, tokens.duration());
  }

  private Expr primary() {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.NUMBER) {
      tokens.take();
      Unit unit = token.unit();
      return new Expr.Literal(
          token.at(), token.value(), unit == null ? Dimension.NONE : unit.dimension());
    }
    if (token.kind() == Token.Kind.NAME) {
      return calls.named();
    }
    if (!tokens.skip("(")) {
      throw new SyntaxFault(token.at(), "expected a value, found " + token.found());
    }
    Expr of = nested(this::or);
    tokens.close(")", "expected 'and', 'or' or ')'");
    return of;
  }

  /** Operands are of the kind that the operator takes: conditions are joined, numbers the rest. */
  private Expr binary(Operator operator, int at, Expr left, Supplier<Expr> production) {
    int rightAt = tokens.at();
    Expr right = production.get();
    if (++operators > MOST_OPERATORS) {
      throw new SyntaxFault(rightAt, "a condition has at most " + MOST_OPERATORS + " operators");
    }
    String what = "'" + operator.symbol() + "' ";
    if (operator.joins()) {
      condition(what + "joins conditions", at, left);
      condition(what + "joins conditions", rightAt, right);
    } else {
      what += operator.compares() ? "compares numbers" : "takes numbers";
      number(what, at, left);
      number(what, rightAt, right);
    }
    return new Binary(at, operator, left, right);
  }

  /** Goes one level deeper, or refuses to. */
  <T> T nested(Supplier<T> production) {
    if (++depth > DEEPEST) {
      throw new SyntaxFault(tokens.at(), "a condition nests at most " + DEEPEST + " levels deep");
    }
    T made = production.get();
    depth--;
    return made;
  }

  static Expr number(String what, int at, Expr operand) {
    if (operand.decides()) {
      throw new SyntaxFault(at, what + ", this is a condition");
    }
    return operand;
  }

  private static Expr condition(String what, int at, Expr operand) {
    if (!operand.decides()) {
      throw new SyntaxFault(at, what + ", this is a number", "compare it with something");
    }
    return operand;
  }
}
