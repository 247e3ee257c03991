package dev.vigil.metrics.windows;

import dev.vigil.core.internal.Quoted;
import java.util.Objects;
import java.util.function.Predicate;
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

  private final String tag;
  private final String operator;
  private final String value;
  private final Predicate<String> takes;

  private TagMatcher(String tag, String operator, String value, Predicate<String> takes) {
    this.tag = Objects.requireNonNull(tag, "tag");
    this.operator = operator;
    this.value = value;
    this.takes = takes;
  }

  /** {@code tag="value"}. */
  public static TagMatcher equal(String tag, String value) {
    Objects.requireNonNull(value, "value");
    return new TagMatcher(tag, "=", value, value::equals);
  }

  /** {@code tag!="value"}. */
  public static TagMatcher notEqual(String tag, String value) {
    Objects.requireNonNull(value, "value");
    return new TagMatcher(tag, "!=", value, actual -> !value.equals(actual));
  }

  /**
   * {@code tag=~"regex"}: the whole value has to match.
   *
   * @throws IllegalArgumentException if {@code regex} is no regular expression
   */
  public static TagMatcher matches(String tag, String regex) {
    return new TagMatcher(tag, "=~", regex, wholly(tag, regex));
  }

  /**
   * {@code tag!~"regex"}: the whole value must not match.
   *
   * @throws IllegalArgumentException if {@code regex} is no regular expression
   */
  public static TagMatcher matchesNot(String tag, String regex) {
    return new TagMatcher(tag, "!~", regex, wholly(tag, regex).negate());
  }

  private static Predicate<String> wholly(String tag, String regex) {
    Objects.requireNonNull(regex, "regex");
    try {
      return Pattern.compile(regex, Pattern.DOTALL).asMatchPredicate();
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
    return takes.test(actual);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TagMatcher that
        && tag.equals(that.tag)
        && operator.equals(that.operator)
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tag, operator, value);
  }

  /** As in a rule, for example {@code outcome="SERVER_ERROR"}. */
  @Override
  public String toString() {
    return tag + operator + '"' + value + '"';
  }
}
