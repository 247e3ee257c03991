package dev.vigil.metrics.windows;

import dev.vigil.core.internal.Quoted;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which values of one tag a selection takes. A meter without the tag has the empty value, as in
 * Prometheus. Immutable, thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/basics/">Prometheus, Time
 *     series selectors</a>
 */
public final class TagMatcher {

  private enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    MATCHES_NOT("!~");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  private final String tag;
  private final Operator operator;
  private final String value;
  private final Pattern pattern;

  private TagMatcher(String tag, Operator operator, String value, Pattern pattern) {
    this.tag = Objects.requireNonNull(tag, "tag");
    this.operator = operator;
    this.value = Objects.requireNonNull(value, "value");
    this.pattern = pattern;
  }

  /** {@code tag="value"}. */
  public static TagMatcher equal(String tag, String value) {
    return literal(tag, Operator.EQUAL, value);
  }

  /** {@code tag!="value"}. */
  public static TagMatcher notEqual(String tag, String value) {
    return literal(tag, Operator.NOT_EQUAL, value);
  }

  /**
   * {@code tag=~"regex"}: the whole value has to match.
   *
   * @throws IllegalArgumentException if {@code regex} is no regular expression
   */
  public static TagMatcher matches(String tag, String regex) {
    return pattern(tag, Operator.MATCHES, regex);
  }

  /**
   * {@code tag!~"regex"}: the whole value must not match.
   *
   * @throws IllegalArgumentException if {@code regex} is no regular expression
   */
  public static TagMatcher matchesNot(String tag, String regex) {
    return pattern(tag, Operator.MATCHES_NOT, regex);
  }

  private static TagMatcher literal(String tag, Operator operator, String value) {
    Objects.requireNonNull(value, "value");
    return new TagMatcher(tag, operator, value, Pattern.compile(value, Pattern.LITERAL));
  }

  private static TagMatcher pattern(String tag, Operator operator, String regex) {
    Objects.requireNonNull(regex, "regex");
    try {
      return new TagMatcher(tag, operator, regex, Pattern.compile(regex, Pattern.DOTALL));
    } catch (PatternSyntaxException broken) {
      throw new IllegalArgumentException(
          "the pattern for tag "
              + Quoted.of(tag)
              + " must be a regular expression but was "
              + Quoted.of(regex)
              + ": "
              + broken.getDescription(),
          broken);
    }
  }

  /** The tag's name. */
  public String tag() {
    return tag;
  }

  /** Whether a meter with this value, empty where it has no such tag, is taken. */
  boolean takes(String actual) {
    return switch (operator) {
      case EQUAL -> value.equals(actual);
      case NOT_EQUAL -> !value.equals(actual);
      case MATCHES -> pattern.matcher(actual).matches();
      case MATCHES_NOT -> !pattern.matcher(actual).matches();
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TagMatcher that
        && tag.equals(that.tag)
        && operator == that.operator
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tag, operator, value);
  }

  /** As in a rule, for example {@code outcome="SERVER_ERROR"}. */
  @Override
  public String toString() {
    return tag + operator.sign + '"' + value + '"';
  }
}
