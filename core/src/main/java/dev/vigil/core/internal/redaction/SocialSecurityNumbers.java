package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** United States social security numbers with their dashes: area, group, serial. */
final class SocialSecurityNumbers {

  static final int LENGTH = "078-05-1120".length();

  private SocialSecurityNumbers() {}

  /** The number that begins here, of the ranges that are issued. */
  static long at(CharSequence text, int at) {
    int end = at + LENGTH;
    if (end > text.length() || !startsApart(text, at) || !endsApart(text, end)) {
      return Span.NONE;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(at + i);
      if ((i == 3 || i == 6) ? c != '-' : !Ascii.isDigit(c)) {
        return Span.NONE;
      }
    }
    // Never issued: https://www.ssa.gov/employer/randomization.html
    boolean issued =
        text.charAt(at) != '9'
            && !Chars.startsWith(text, at, "000")
            && !Chars.startsWith(text, at, "666")
            && !Chars.startsWith(text, at + 4, "00")
            && !Chars.startsWith(text, at + 7, "0000");
    return issued ? Span.of(at, end) : Span.NONE;
  }

  private static boolean startsApart(CharSequence text, int at) {
    return Chars.startsWord(text, at) && (at == 0 || text.charAt(at - 1) != '-');
  }

  private static boolean endsApart(CharSequence text, int end) {
    return end == text.length()
        || !(Ascii.isAlphanumeric(text.charAt(end)) || text.charAt(end) == '-');
  }
}
