package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Hints;
import dev.vigil.alerts.internal.text.Parser;
import dev.vigil.alerts.internal.text.SyntaxFault;
import dev.vigil.core.internal.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names that stand for a number in conditions: the four that are built in, and your own.
 *
 * <table>
 * <caption>Built in</caption>
 * <tr><th>name</th><th>what it is; of several the first whose meters there are</th></tr>
 * <tr><td>{@code error_rate}</td><td>a meter of that name; {@code errors} by {@code
 *     api_calls_total}; the share of {@code http.server.requests} whose {@code outcome} is {@code
 *     SERVER_ERROR}; over 1 m, and missing with fewer than 20 requests in it</td></tr>
 * <tr><td>{@code avg_response_time}</td><td>a meter of that name; the mean of {@code
 *     api_response_time}; of {@code http.server.requests}; over 1 m</td></tr>
 * <tr><td>{@code memory_usage}</td><td>a meter of that name; {@code vigil.memory.usage}, how full
 *     the long-lived heap was after its last collection</td></tr>
 * <tr><td>{@code db_connection_errors}</td><td>a meter of that name; {@code
 *     hikaricp.connections.timeout}</td></tr>
 * </table>
 *
 * <p>A definition of the same name takes a built-in one's place, and hides a meter of that name.
 *
 * <p>Immutable and thread-safe; {@code with..} answers another one.
 */
public final class Definitions {

  /** Fewer requests a minute say nothing of a share of five percent: one in 19 is more. */
  private static final int LEAST_REQUESTS = 20;

  private static final Definitions BUILT_IN = new Definitions(Map.of(), LEAST_REQUESTS);

  private final Map<String, Condition.Quantity> own;
  private final int leastRequests;

  private Definitions(Map<String, Condition.Quantity> own, int leastRequests) {
    this.own = own;
    this.leastRequests = leastRequests;
  }

  /** The four that are built in. */
  public static Definitions builtIn() {
    return BUILT_IN;
  }

  /**
   * These and one more, or another one in the place of one.
   *
   * @param name as a meter is written in a condition, at most 100 characters
   * @param expression a number, for example {@code rate(a[1m]) / rate(b[1m])}; may use other
   *     definitions, also ones that are given later
   * @throws ConditionException if the expression cannot be understood
   * @throws IllegalArgumentException if the name is none
   */
  public Definitions with(String name, String expression) {
    Objects.requireNonNull(expression, "expression");
    Map<String, Condition.Quantity> more = new LinkedHashMap<>(own);
    more.put(Names.definition(name), number(name, expression));
    return new Definitions(Collections.unmodifiableMap(more), leastRequests);
  }

  private static Condition.Quantity number(String name, String expression) {
    try {
      Expr tree = Parser.expression(expression);
      if (tree.decides()) {
        throw ConditionException.of(
            expression, tree.at(), "a definition must be a number, this is a condition", null);
      }
      return new Condition.Quantity(expression, tree);
    } catch (SyntaxFault fault) {
      throw ConditionException.of(expression, fault).in("definition " + Quoted.of(name));
    }
  }

  /**
   * These, where {@code error_rate} is missing below another number of requests in its minute.
   *
   * @param requests zero or more; 20 by default
   */
  public Definitions withErrorRateFrom(int requests) {
    if (requests < 0) {
      throw new IllegalArgumentException("requests must be zero or more but was " + requests);
    }
    return new Definitions(own, requests);
  }

  /** The names, your own first. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(own.keySet());
    names.addAll(BuiltIn.NAMES);
    return Collections.unmodifiableSet(names);
  }

  Map<String, Condition.Quantity> own() {
    return own;
  }

  /**
   * A condition's tree with all definitions in place.
   *
   * @throws ConditionException if definitions use one another in a circle, or make it too large
   */
  Expr resolve(Condition condition) {
    return new Resolver(this).resolve(condition.toString(), condition.tree());
  }

  /** What a built-in name stands for, or nothing where it is none. */
  List<Expr.Option> builtIn(String name) {
    return BuiltIn.options(name, leastRequests);
  }

  /** Every definition that cannot be used, told at once. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    own.forEach(
        (name, number) -> {
          try {
            new Resolver(this).resolve(number.text(), number.tree(), name);
          } catch (ConditionException fault) {
            faults.add(String.valueOf(fault.in("definition " + Quoted.of(name)).getMessage()));
          }
        });
    return faults;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Definitions that
        && leastRequests == that.leastRequests
        && texts().equals(that.texts());
  }

  @Override
  public int hashCode() {
    return Objects.hash(texts(), leastRequests);
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    own.forEach((name, number) -> texts.put(name, number.text()));
    return texts;
  }

  /** Your own, as written. */
  @Override
  public String toString() {
    return texts().toString();
  }

  /** The nearest name of a definition or of one of {@code others}, as a hint. */
  @Nullable String nearest(String name, Set<String> others) {
    Set<String> known = new TreeSet<>(names());
    known.addAll(others);
    return Hints.nearest(name, known);
  }
}
