package dev.vigil.alerts.internal.text;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition's tree; immutable. {@code at} is the index of an expression's first character, an
 * opening parenthesis included.
 */
public sealed interface Expr {

  /** Index of its first character in the text. */
  int at();

  /** Whether it is a condition; else it is a number. */
  default boolean decides() {
    return false;
  }

  /** What it is made of. */
  default List<Expr> parts() {
    return List.of();
  }

  /** A number in base units. */
  record Literal(int at, double value, Dimension dimension) implements Expr {}

  /** A meter, or a definition, by name. */
  record Meter(int at, String name, List<Matcher> matchers) implements Expr {}

  /** What a tag has to be. */
  record Matcher(String tag, Match match, String value, @Nullable Pattern pattern) {

    /** Whether a meter with that value of the tag is meant; an absent tag is an empty value. */
    public boolean matches(String actual) {
      return switch (match) {
        case EQUAL -> actual.equals(value);
        case NOT_EQUAL -> !actual.equals(value);
        case LIKE -> pattern != null && pattern.matcher(actual).matches();
        case UNLIKE -> pattern != null && !pattern.matcher(actual).matches();
      };
    }
  }

  /** How a tag is compared. */
  enum Match {
    /** The same. */
    EQUAL("="),
    /** Not the same. */
    NOT_EQUAL("!="),
    /** All of it fits a regular expression. */
    LIKE("=~"),
    /** Does not fit. */
    UNLIKE("!~");

    private final String symbol;

    Match(String symbol) {
      this.symbol = symbol;
    }

    /** How it is written. */
    public String symbol() {
      return symbol;
    }
  }

  /** A meter's snapshots over a time: what a window function is given. */
  record Range(int at, Expr of, Duration window) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /** The same, as it was a while ago. */
  record Offset(int at, Expr of, Duration by) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /** A number's opposite. */
  record Negative(int at, Expr of) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /** A condition's opposite. */
  record Not(int at, Expr of) implements Expr {
    @Override
    public boolean decides() {
      return true;
    }

    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /** Two operands. */
  record Binary(int at, Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public boolean decides() {
      return operator.decides();
    }

    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }
  }

  /**
   * A function.
   *
   * @param by the labels that are kept across label sets, or null where none was asked for
   */
  record Call(int at, Function function, @Nullable List<String> by, List<Expr> parts)
      implements Expr {
    @Override
    public boolean decides() {
      return function == Function.ABSENT;
    }

    /** Whether it looks at snapshots over a time. */
    public boolean windowed() {
      return !parts.isEmpty() && ranged(parts.get(0));
    }

    private static boolean ranged(Expr part) {
      return part instanceof Range || (part instanceof Offset offset && ranged(offset.of()));
    }
  }

  /**
   * A comparison of a health check's status.
   *
   * @param check the check's name, or null for the overall status
   */
  record Health(int at, @Nullable String check, boolean equal, State state) implements Expr {
    @Override
    public boolean decides() {
      return true;
    }
  }

  /**
   * What a definition stands for: the first of its options whose meters there are.
   *
   * @param name the definition's name
   */
  record Definition(int at, String name, List<Option> options) implements Expr {
    @Override
    public List<Expr> parts() {
      return options.stream().map(Option::value).toList();
    }
  }

  /**
   * One reading of a definition.
   *
   * @param count of how many events the value tells, or null where that does not matter
   * @param least with fewer events than this there is no value
   */
  record Option(Expr value, @Nullable Expr count, double least) {}

  /** What health can be. */
  enum State {
    /** Value 0 of the gauge. */
    HEALTHY,
    /** Value 1 of the gauge. */
    DEGRADED,
    /** Value 2 of the gauge. */
    UNHEALTHY,
    /** No result yet: the gauge is NaN. */
    UNKNOWN
  }
}
