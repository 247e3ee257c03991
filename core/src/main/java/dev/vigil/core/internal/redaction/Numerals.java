package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** Dates, times, addresses and versions, of which logs are full: numbers joined by signs. */
final class Numerals {

  /** A card's first group, which may begin anywhere. */
  private static final int CARDS_GROUP = 4;

  private Numerals() {}

  /**
   * Where the numbers end that are joined to the one before {@code end}; no card's number is passed
   * over.
   */
  static int end(CharSequence text, int end) {
    int at = end;
    while (at + 1 < text.length() && isJoint(text.charAt(at))) {
      int next = at + 1;
      while (next < text.length() && Ascii.isDigit(text.charAt(next))) {
        next++;
      }
      int digits = next - at - 1;
      if (digits == 0 || digits >= CARDS_GROUP) {
        break;
      }
      at = next;
    }
    return at;
  }

  private static boolean isJoint(char c) {
    return c == '-' || c == ':' || c == '.' || c == 'T' || c == '/';
  }
}
