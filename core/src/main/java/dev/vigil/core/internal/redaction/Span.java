package dev.vigil.core.internal.redaction;

/** A part of a text as one {@code long}, so that finding it allocates nothing. */
final class Span {

  /** Nothing here; go on with the next character. */
  static final long NONE = -1;

  private Span() {}

  /** Hides the characters from {@code from} to {@code to}, exclusive, and goes on there. */
  static long of(int from, int to) {
    return ((long) from << 32) | to;
  }

  /** Hides nothing and goes on at {@code to}, which lies ahead. */
  static long skip(int to) {
    return of(to, to);
  }

  static int from(long span) {
    return (int) (span >>> 32);
  }

  static int to(long span) {
    return (int) span;
  }
}
