package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** Values in brackets: lists, maps, objects. */
final class Brackets {

  /** How far into a list a letter is looked for. */
  private static final int LOOK_AHEAD = 64;

  private Brackets() {}

  /** Behind the bracket that closes the one at {@code open}, or the end of the line. */
  static int end(CharSequence text, int open) {
    int depth = 0;
    int at = open;
    for (; at < text.length() && !Chars.isLineEnd(text.charAt(at)); at++) {
      char c = text.charAt(at);
      if (c == '[' || c == '{') {
        depth++;
      } else if ((c == ']' || c == '}') && --depth == 0) {
        return at + 1;
      }
    }
    return at;
  }

  /** Whether a list stands here that has more in it than numbers. */
  static boolean isListOfTexts(CharSequence text, int start) {
    if (start == text.length() || (text.charAt(start) != '[' && text.charAt(start) != '{')) {
      return false;
    }
    for (int at = start; at < text.length() && at - start < LOOK_AHEAD; at++) {
      char c = text.charAt(at);
      if (Ascii.isLetter(c)) {
        return true;
      }
      if (Chars.isLineEnd(c) || Chars.isClosing(c)) {
        return false;
      }
    }
    return false;
  }
}
