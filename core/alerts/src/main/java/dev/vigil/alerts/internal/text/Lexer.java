package dev.vigil.alerts.internal.text;

import dev.vigil.core.internal.Ascii;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into tokens, one at a time and each character once, so that the fault which is told
 * is the first one of the text.
 */
final class Lexer {

  /** Words that are no names. */
  static final Set<String> RESERVED = Set.of("and", "or", "not", "by", "offset");

  /** Longest first. */
  private static final List<String> SYMBOLS =
      List.of(
          "&&", "||", "==", "!=", ">=", "<=", "=~", "!~", ">", "<", "=", "!", "+", "-", "*", "/",
          "(", ")", "[", "]", "{", "}", ",");

  /** Beyond this any number of a sensible length is zero or infinite; bounds the arithmetic. */
  private static final int LARGEST_EXPONENT = 100_000;

  private final String text;
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  Token next() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Token.Kind.END, at, "", 0, null);
    }
    char c = text.charAt(at);
    if (Ascii.isLetter(c)) {
      return name();
    }
    if (Ascii.isDigit(c)) {
      return number();
    }
    return c == '"' ? string() : symbol();
  }

  private Token name() {
    int start = at;
    while (Ascii.isAlphanumeric(peek()) || peek() == '_' || peek() == '.' || peek() == ':') {
      at++;
    }
    String name = text.substring(start, at);
    return switch (name) {
      case "and", "or", "not", "by", "offset" -> new Token(Token.Kind.SYMBOL, start, name, 0, null);
      default -> new Token(Token.Kind.NAME, start, name, 0, null);
    };
  }

  private Token number() {
    int start = at;
    digits();
    if (peek() == '.' && Ascii.isDigit(peek(1))) {
      at++;
      digits();
    }
    int mantissaEnd = at;
    int exponent = exponent();
    Unit unit = unit();
    double value = value(text.substring(start, mantissaEnd), exponent, unit);
    if (Double.isInfinite(value)) {
      throw new SyntaxFault(start, "the number is too large");
    }
    return new Token(Token.Kind.NUMBER, start, text.substring(start, at), value, unit);
  }

  private static double value(String mantissa, int exponent, @Nullable Unit unit) {
    int decimals = unit == null ? 0 : unit.decimals();
    double value = Double.parseDouble(mantissa + "e" + (exponent + decimals));
    return unit == null ? value : value * unit.factor();
  }

  /** An 'e' without digits behind it is left to be taken for a unit. */
  private int exponent() {
    int sign = peek(1) == '-' || peek(1) == '+' ? 1 : 0;
    if ((peek() != 'e' && peek() != 'E') || !Ascii.isDigit(peek(1 + sign))) {
      return 0;
    }
    boolean negative = peek(1) == '-';
    at += 1 + sign;
    int exponent = 0;
    for (; Ascii.isDigit(peek()); at++) {
      exponent = Math.min(LARGEST_EXPONENT, exponent * 10 + (peek() - '0'));
    }
    return negative ? -exponent : exponent;
  }

  private @Nullable Unit unit() {
    int start = at;
    if (peek() == '%') {
      at++;
      return Unit.PERCENT;
    }
    while (Ascii.isLetter(peek())) {
      at++;
    }
    if (at == start) {
      return null;
    }
    String symbol = text.substring(start, at);
    return Unit.of(symbol)
        .orElseThrow(
            () ->
                new SyntaxFault(
                    start,
                    "unknown unit '" + Shown.of(symbol) + "'",
                    RESERVED.contains(symbol)
                        ? "put a space before '" + symbol + "'"
                        : Unit.meant(symbol)
                            .map(unit -> "did you mean " + unit.symbol() + "?")
                            .orElse("units are % ms s m h d B KB MB GB TB KiB MiB GiB TiB")));
  }

  private Token string() {
    int start = at++;
    StringBuilder content = new StringBuilder();
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return new Token(Token.Kind.STRING, start, content.toString(), 0, null);
      }
      if (c == '\\' && ++at == text.length()) {
        break;
      }
      content.append(text.charAt(at));
    }
    throw new SyntaxFault(start, "the quoted text does not end", "close it with \"");
  }

  private Token symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        int start = at;
        at += symbol.length();
        return new Token(Token.Kind.SYMBOL, start, symbol, 0, null);
      }
    }
    String found = Character.toString(text.codePointAt(at));
    throw new SyntaxFault(at, "unexpected character '" + Shown.of(found) + "'", hint(found));
  }

  private static @Nullable String hint(String found) {
    return switch (found) {
      case "'" -> "a text stands in double quotes";
      case "%" -> "a unit follows its number without a space; a remainder is mod(x, y)";
      case "&" -> "did you mean && or and?";
      case "|" -> "did you mean || or or?";
      case "." -> "a number has one decimal point, with a digit on both sides";
      default -> null;
    };
  }

  private void digits() {
    while (Ascii.isDigit(peek())) {
      at++;
    }
  }

  private char peek() {
    return peek(0);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }
}
