package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** International bank account numbers (ISO 13616), in one piece or in groups of four. */
final class Ibans {

  private static final int SHORTEST = 15; // Norway
  private static final int LONGEST = 34;

  private Ibans() {}

  /** The number that begins here. */
  static long startingAt(CharSequence text, int start) {
    return start + SHORTEST <= text.length() ? at(text, start + 2) : Span.NONE;
  }

  /** At the first check digit, behind the two letters of the country. */
  static long at(CharSequence text, int digit) {
    int start = digit - 2;
    if (start < 0
        || !isUpper(text.charAt(start))
        || !isUpper(text.charAt(start + 1))
        || !Chars.startsWord(text, start)) {
      return Span.NONE;
    }
    int remainder = 0;
    int characters = 4;
    int at = digit + 2;
    int end = -1;
    if (at >= text.length() || !Ascii.isDigit(text.charAt(digit + 1))) {
      return Span.NONE;
    }
    while (at < text.length() && characters <= LONGEST) {
      char c = text.charAt(at);
      if (c == ' ' && characters % 4 == 0 && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      if (!Ascii.isDigit(c) && !isUpper(c)) {
        break;
      }
      remainder = append(remainder, c);
      characters++;
      at++;
      boolean wordEnds = at == text.length() || !Ascii.isAlphanumeric(text.charAt(at));
      if (wordEnds && characters >= SHORTEST && checks(text, start, remainder)) {
        end = at; // the longest that checks: groups may follow that belong to it
      }
    }
    return end < 0 ? Span.NONE : Span.of(start, end);
  }

  /** ISO 7064, mod 97-10: the country and check digits come last, and the rest is one. */
  private static boolean checks(CharSequence text, int start, int remainder) {
    int all = remainder;
    for (int i = start; i < start + 4; i++) {
      all = append(all, text.charAt(i));
    }
    return all == 1;
  }

  private static int append(int remainder, char c) {
    return Ascii.isDigit(c)
        ? (remainder * 10 + (c - '0')) % 97
        : (remainder * 100 + (c - 'A' + 10)) % 97;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
