package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;

/**
 * Where a value ends, of which it is known that it has to be hidden.
 *
 * <p>Everything that is read ahead is hidden, or is read again once at most.
 */
final class Values {

  /** How far ahead a delimiter is looked for, the length of a long key. */
  private static final int LOOK_AHEAD = 64;

  /** How many characters a quoted value may have that goes over lines. */
  private static final int LONGEST_LINES = 4096;

  private Values() {}

  /**
   * The span of a value.
   *
   * @param at where it may start; spaces before it are skipped
   * @param keyEnd where its key ends, to see whether that stands in quotes
   * @param nested whether an opening bracket before it is not closed yet
   */
  static long at(CharSequence text, int at, Kind kind, int keyEnd, boolean nested) {
    int start = Chars.skipSpaces(text, at);
    if (start == text.length()) {
      return Span.NONE;
    }
    long pem = Pem.at(text, start);
    if (pem != Span.NONE) {
      return pem;
    }
    long iban = Ibans.startingAt(text, start); // its groups have spaces between them
    if (iban != Span.NONE) {
      return iban;
    }
    int quote = start;
    while (quote < text.length() && text.charAt(quote) == '\\') {
      quote++;
    }
    if (kind != Kind.LIST && quote < text.length() && Chars.isQuote(text.charAt(quote))) {
      pem = Pem.at(text, quote + 1);
      return pem != Span.NONE ? pem : quoted(text, quote, quote - start);
    }
    char first = text.charAt(start);
    if (kind == Kind.LIST) {
      return Brackets.isListOfTexts(text, start)
          ? hide(text, start, Brackets.end(text, start))
          : Span.NONE;
    }
    if (Ascii.isDigit(first)) {
      long card = CardNumbers.at(text, start); // which may have spaces
      if (card != Span.NONE) {
        return card;
      }
    }
    if (first == '[' || first == '{') {
      int end = Brackets.end(text, start); // "{bcrypt}x": what follows at once belongs to it
      return hide(text, start, bareEnd(text, end, nested));
    }
    if (first == '|' || first == '>') {
      long block = Blocks.at(text, start, keyEnd);
      if (block != Span.NONE) {
        return block;
      }
    }
    return switch (kind) {
      case LINE -> hide(text, start, lineEnd(text, start, keyEnd, nested));
      case AUTHORIZATION -> authorization(text, start, keyEnd, nested);
      case VALUE, CODE, LIST, NONE -> hide(text, start, bareEnd(text, start, nested));
    };
  }

  /** Hides a value, unless there is nothing in it to hide. */
  private static long hide(CharSequence text, int from, int to) {
    if (Chars.isHidden(text, from, to)
        || isLiteral(text, from, to, "null")
        || isLiteral(text, from, to, "true")
        || isLiteral(text, from, to, "false")
        || isLiteral(text, from, to, "yes") // MySQL's "using password: YES"
        || isLiteral(text, from, to, "no")
        || isLiteral(text, from, to, "{}") // a message's placeholder
        || isLiteral(text, from, to, "?")) { // a statement's
      return Span.NONE;
    }
    return Span.of(from, to);
  }

  private static boolean isLiteral(CharSequence text, int from, int to, String literal) {
    return to - from == literal.length() && Chars.startsWithWord(text, from, literal);
  }

  /**
   * The inside of a quoted value; to the end of the line where the quote is not closed within
   * {@value #LONGEST_LINES} characters.
   *
   * @param escapes how many backslashes stand before the opening quote: JSON inside of JSON
   */
  private static long quoted(CharSequence text, int quote, int escapes) {
    char mark = text.charAt(quote);
    int backslashes = 0;
    int line = -1;
    int at = quote + 1;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      if (Chars.isLineEnd(c)) {
        line = line < 0 ? at : line;
      }
      if (line >= 0 && at - quote > LONGEST_LINES) {
        break;
      }
      // Each level of escaping doubles the backslashes of the one inside and adds one for a quote.
      if (c == mark
          && backslashes >= escapes
          && (backslashes - escapes) % (2 * (escapes + 1)) == 0) {
        if (c == '\'' && at > quote + 1 && Chars.startsWith(text, at + 1, "'")) {
          at++; // SQL doubles a quote inside of a literal
          backslashes = 0;
          continue;
        }
        if (line < 0 || closes(text, at + 1)) {
          return hide(text, quote + 1, at - escapes);
        }
      }
      backslashes = 0;
    }
    return hide(text, quote + 1, line < 0 ? at : line);
  }

  /** Whether a quote on a later line ends a value, and does not begin one of its own. */
  private static boolean closes(CharSequence text, int next) {
    return next == text.length() || !Ascii.isAlphanumeric(text.charAt(next));
  }

  private static long authorization(CharSequence text, int start, int keyEnd, boolean nested) {
    int scheme = schemeEnd(text, start);
    if (scheme < 0) {
      return hide(text, start, lineEnd(text, start, keyEnd, nested));
    }
    int credentials = Chars.skipSpaces(text, scheme);
    return hide(text, credentials, bareEnd(text, credentials, false));
  }

  /** Where the name of a scheme ends whose credentials are one word; -1 for any other. */
  private static int schemeEnd(CharSequence text, int start) {
    int end = start;
    while (end < text.length() && end - start < LOOK_AHEAD && Chars.isToken(text.charAt(end))) {
      end++;
    }
    if (end == text.length() || !Chars.isSpace(text.charAt(end))) {
      return -1;
    }
    boolean oneWord =
        isLiteral(text, start, end, "basic")
            || isLiteral(text, start, end, "bearer")
            || isLiteral(text, start, end, "negotiate")
            || isLiteral(text, start, end, "token")
            || isLiteral(text, start, end, "apikey");
    return oneWord ? end : -1;
  }

  /** The end of the line, of the quotes around key and value, or of an entry in brackets. */
  private static int lineEnd(CharSequence text, int start, int keyEnd, boolean nested) {
    int key = keyEnd;
    while (key > 0 && keyEnd - key < LOOK_AHEAD && Chars.isKey(text.charAt(key - 1))) {
      key--;
    }
    char around = key > 0 && Chars.isQuote(text.charAt(key - 1)) ? text.charAt(key - 1) : 0;
    int at = start;
    for (; at < text.length() && !Chars.isLineEnd(text.charAt(at)); at++) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
      if (c == around
          || (c == '"' && endsJsonString(text, at + 1))
          || (c == '\\' && (next == 'n' || next == 'r' || next == '"'))
          || (nested && (Chars.isClosing(c) || (c == ',' && Chars.isSpace(next))))) {
        return at;
      }
    }
    return at;
  }

  /** Whether what follows a quote shows that it was a JSON string's, and not a header's own. */
  private static boolean endsJsonString(CharSequence text, int at) {
    if (at == text.length() || Chars.isClosing(text.charAt(at))) {
      return true;
    }
    int next = text.charAt(at) == ',' ? Chars.skipSpaces(text, at + 1) : text.length();
    return next < text.length() && text.charAt(next) == '"';
  }

  /** The end of a value without quotes. */
  static int bareEnd(CharSequence text, int start, boolean nested) {
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (Chars.isLineEnd(c) || c == '<' || c == '>' || (c == '\\' && Chars.isQuote(next))) {
        return at;
      }
      if (Chars.isSpace(c)) {
        int entry = nested ? entryEnd(text, at) : -1;
        if (entry < 0) {
          return at;
        }
        at = entry;
        continue;
      }
      boolean ends =
          switch (c) {
            case ',', ';', '&', '|' -> !Ascii.isAlphanumeric(next) || startsKey(text, at + 1);
            case ')', ']', '}' -> nested || !Ascii.isAlphanumeric(next);
            case '"', '\'', '`' -> !Ascii.isAlphanumeric(next);
            default -> false;
          };
      if (ends) {
        return at;
      }
      at++;
    }
    return at;
  }

  /** A value in a URL that is itself a value of another: {@code %26} is its ampersand. */
  static long encoded(CharSequence text, int start) {
    int from = Chars.startsWith(text, start, "%22") ? start + "%22".length() : start;
    int at = from;
    while (at < text.length()
        && (Chars.isToken(text.charAt(at)) || "%.~+*!/".indexOf(text.charAt(at)) >= 0)
        && !Chars.startsWith(text, at, "%26")
        && !Chars.startsWith(text, at, "%22")) {
      at++;
    }
    return hide(text, from, at);
  }

  /** A value behind an escaped sign, up to the next escape, quote or space. */
  static long escaped(CharSequence text, int start) {
    int at = start;
    while (at < text.length()
        && !Chars.isBlank(text.charAt(at))
        && !Chars.isQuote(text.charAt(at))
        && !Chars.startsWith(text, at, "\\u00")) {
      at++;
    }
    return hide(text, start, at);
  }

  /** Whether what follows is the next key and its equals sign or colon. */
  private static boolean startsKey(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && at - from < LOOK_AHEAD && Chars.isKey(text.charAt(at))) {
      at++;
    }
    return at > from && at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':');
  }

  /** The end of an entry whose value has spaces, as a map or a record prints it; else -1. */
  private static int entryEnd(CharSequence text, int from) {
    for (int at = from; at < text.length() && at - from < LOOK_AHEAD; at++) {
      char c = text.charAt(at);
      if (c == ',' || Chars.isClosing(c)) {
        return at;
      }
      if (c == '=' || c == ':' || Chars.isLineEnd(c)) {
        return -1;
      }
    }
    return -1;
  }
}
