package dev.vigil.core.internal.redaction;

/** YAML's block scalars: {@code password: |} and the lines below that are indented further. */
final class Blocks {

  /** A key's indentation further than this is none that a person wrote. */
  private static final int DEEPEST = 64;

  private Blocks() {}

  /** At the bar or the greater-than sign behind a key that ends at {@code keyEnd}. */
  static long at(CharSequence text, int sign, int keyEnd) {
    int at = sign + 1;
    while (at < text.length() && at - sign < 4 && "+-123456789 ".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == text.length() || !Chars.isLineEnd(text.charAt(at))) {
      return Span.NONE;
    }
    int indentation = indentation(text, lineStart(text, keyEnd));
    int from = -1;
    int to = -1;
    while (at < text.length()) {
      while (at < text.length() && Chars.isLineEnd(text.charAt(at))) {
        at++;
      }
      if (indentation(text, at) <= indentation) {
        break;
      }
      from = from < 0 ? Chars.skipSpaces(text, at) : from;
      while (at < text.length() && !Chars.isLineEnd(text.charAt(at))) {
        at++;
      }
      to = at;
    }
    return from < 0 || Chars.isHidden(text, from, to) ? Span.NONE : Span.of(from, to);
  }

  private static int lineStart(CharSequence text, int from) {
    int at = from;
    while (at > 0 && from - at < 2 * DEEPEST && !Chars.isLineEnd(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static int indentation(CharSequence text, int start) {
    int at = start;
    while (at < text.length() && at - start < DEEPEST && text.charAt(at) == ' ') {
      at++;
    }
    return at - start;
  }
}
