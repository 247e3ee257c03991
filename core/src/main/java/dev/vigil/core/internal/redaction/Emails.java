package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** E-mail addresses with a dotted domain (RFC 5321's limits, and the characters people use). */
final class Emails {

  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;

  private Emails() {}

  /** At an at sign. */
  static long at(CharSequence text, int at) {
    int start = at;
    while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    int end = at + 1;
    int dot = -1;
    while (end < text.length() && end - at < LONGEST_DOMAIN && isDomain(text.charAt(end))) {
      if (text.charAt(end) == '.') {
        dot = end;
      }
      end++;
    }
    if (dot == end - 1) { // the full stop of a sentence
      end = dot;
      dot = lastDot(text, at, end);
    }
    return start < at && dot > at + 1 && end - dot > 2 ? Span.of(start, end) : Span.NONE;
  }

  private static int lastDot(CharSequence text, int at, int end) {
    int dot = end - 1;
    while (dot > at && text.charAt(dot) != '.') {
      dot--;
    }
    return dot;
  }

  private static boolean isLocal(char c) {
    return Ascii.isAlphanumeric(c) || ".!#$%&'*+/=?^_`{|}~-".indexOf(c) >= 0 || c >= 128;
  }

  private static boolean isDomain(char c) {
    return Ascii.isAlphanumeric(c) || c == '-' || c == '.' || c >= 128;
  }
}
