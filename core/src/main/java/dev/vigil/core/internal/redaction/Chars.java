package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** What the rules ask of characters. */
final class Chars {

  private Chars() {}

  /** White space inside of a line, no-break spaces and their like included. */
  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || (c >= 0xa0 && Character.isSpaceChar(c));
  }

  static boolean isBlank(char c) {
    return c <= ' ' || isSpace(c);
  }

  static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  static boolean isClosing(char c) {
    return c == ')' || c == ']' || c == '}';
  }

  /** Of names as they stand before an equals sign or a colon. */
  static boolean isKey(char c) {
    return Ascii.isAlphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '$';
  }

  /** Of the tokens that services hand out: base64url. */
  static boolean isToken(char c) {
    return Ascii.isAlphanumeric(c) || c == '_' || c == '-';
  }

  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c < 128 ? c : Character.toLowerCase(c);
  }

  /** Whether no letter or digit stands directly before {@code at}. */
  static boolean startsWord(CharSequence text, int at) {
    return at == 0 || !Ascii.isAlphanumeric(text.charAt(at - 1)) || isEscape(text, at - 1);
  }

  /** Whether a letter is the rest of an escaped white space, as in JSON: {@code \\n}. */
  static boolean isEscape(CharSequence text, int letter) {
    char c = text.charAt(letter);
    return (c == 'n' || c == 'r' || c == 't') && letter > 0 && text.charAt(letter - 1) == '\\';
  }

  static boolean startsWith(CharSequence text, int at, String literal) {
    if (at < 0 || at + literal.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (text.charAt(at + i) != literal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The same in any letter case; {@code literal} is in lower case. */
  static boolean startsWithWord(CharSequence text, int at, String literal) {
    if (at < 0 || at + literal.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (lower(text.charAt(at + i)) != literal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static int alphanumericEnd(CharSequence text, int at) {
    int end = at;
    while (end < text.length() && Ascii.isAlphanumeric(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Where the row of the character at {@code at} ends. */
  static int rowEnd(CharSequence text, int at) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) == text.charAt(at)) {
      end++;
    }
    return end;
  }

  static int skipSpaces(CharSequence text, int at) {
    int end = at;
    while (end < text.length() && isSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The depth of open brackets at {@code to}, where it was {@code depth} at {@code from}. */
  static int depth(CharSequence text, int from, int to, int depth) {
    int open = depth;
    for (int i = from; i < to; i++) {
      switch (text.charAt(i)) {
        case '{', '[', '(' -> open++;
        case '}', ']', ')' -> open = Math.max(0, open - 1);
        default -> {}
      }
    }
    return open;
  }

  /** Whether there is nothing to hide: no character at all, or asterisks alone. */
  static boolean isHidden(CharSequence text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '*') {
        return false;
      }
    }
    return true;
  }
}
