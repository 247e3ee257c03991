package dev.vigil.alerts.internal.text;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The tokens of a text with one of them in view, and what is expected of it. */
final class Tokens {

  /** As core's checks of durations have it. */
  static final Duration LONGEST = Duration.ofDays(36_500);

  private final Lexer lexer;
  private Token next;
  private @Nullable Token second;
  private Token last;

  Tokens(String text) {
    lexer = new Lexer(text);
    next = lexer.next();
    last = next;
  }

  Token peek() {
    return next;
  }

  /** Where the token in view begins. */
  int at() {
    return next.at();
  }

  Token take() {
    last = next;
    if (next.kind() != Token.Kind.END) {
      next = second();
      second = null;
    }
    return last;
  }

  /** The token after the one in view: read early only where one does not decide. */
  Token second() {
    Token ahead = second;
    if (ahead == null) {
      ahead = lexer.next();
      second = ahead;
    }
    return ahead;
  }

  boolean skip(String symbol) {
    boolean found = next.is(symbol);
    if (found) {
      take();
    }
    return found;
  }

  boolean skip(String symbol, String alias) {
    return skip(symbol) || skip(alias);
  }

  /** Takes a symbol, or says what was expected instead of the token in view. */
  void close(String symbol, String expectation) {
    if (!skip(symbol)) {
      throw unexpected(expectation);
    }
  }

  void end() {
    if (next.kind() != Token.Kind.END) {
      throw unexpected("expected 'and', 'or' or end of rule");
    }
  }

  Token name(String what) {
    return expect(Token.Kind.NAME, "expected " + what);
  }

  Token string(String what) {
    return expect(Token.Kind.STRING, "expected " + what);
  }

  /** A number with a unit of time. */
  Duration duration() {
    Token token = expect(Token.Kind.NUMBER, "expected a duration such as 5m");
    Unit unit = token.unit();
    if (unit == null || unit.dimension() != Dimension.TIME) {
      throw new SyntaxFault(
          token.at(),
          "expected a duration such as 5m, found " + token.found(),
          "durations are in ms, s, m, h or d");
    }
    if (token.value() > LONGEST.toSeconds()) {
      throw new SyntaxFault(token.at(), "a duration is at most 36500d");
    }
    // A double holds 100 years to the microsecond.
    Duration duration = Duration.ofNanos(Math.round(token.value() * 1e9));
    if (duration.isZero()) {
      throw new SyntaxFault(token.at(), "a duration must be above zero");
    }
    return duration;
  }

  private Token expect(Token.Kind kind, String expectation) {
    if (next.kind() != kind) {
      throw unexpected(expectation);
    }
    return take();
  }

  SyntaxFault unexpected(String expectation) {
    String message = expectation + ", found " + next.found();
    if (next.kind() != Token.Kind.NAME) {
      return new SyntaxFault(next.at(), message);
    }
    if (last.kind() == Token.Kind.NUMBER && last.unit() == null) {
      String number = last.text();
      String hint =
          Unit.of(next.text())
              .or(() -> Unit.meant(next.text()))
              .map(unit -> "did you mean " + Shown.of(number + unit.symbol()) + "?")
              .orElse(null);
      return new SyntaxFault(next.at(), message, hint);
    }
    return new SyntaxFault(next.at(), message, reserved(next.text()));
  }

  private static @Nullable String reserved(String name) {
    for (String word : Lexer.RESERVED) {
      if (word.equalsIgnoreCase(name)) {
        return "did you mean " + word + "?";
      }
    }
    return null;
  }
}
