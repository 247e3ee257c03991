package dev.vigil.logging;

import dev.vigil.core.Redactor;

/**
 * An application's text on its way out: its secrets hidden, and no more of it read than a line can
 * hold. Thread-safe.
 */
final class SafeText {

  /** More characters than a value keeps, so that the cut stands behind what is shown. */
  private static final int MOST_READ = 160 * 1024;

  /** A secret that the cut went through ends here, and is not shown. The longest PEM keys fit. */
  private static final int MARGIN = 16 * 1024;

  private final Redactor redactor;

  SafeText(Redactor redactor) {
    this.redactor = redactor;
  }

  String of(String text) {
    return text.length() <= MOST_READ ? redactor.redact(text) : cut(redactor.redact(head(text)));
  }

  /** A value under its name. */
  String of(String key, String value) {
    return value.length() <= MOST_READ
        ? redactor.redact(key, value)
        : cut(redactor.redact(key, head(value)));
  }

  boolean hides(String key) {
    return redactor.sensitive(key);
  }

  /** What an object says of itself; a word about it where it fails to. */
  static String print(Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | StackOverflowError | LinkageError broken) {
      return "(no text: toString() of "
          + value.getClass().getName()
          + " threw "
          + broken.getClass().getName()
          + ")";
    }
  }

  private static String head(String text) {
    return text.substring(0, MOST_READ);
  }

  private static String cut(String redacted) {
    return redacted.substring(0, Math.max(0, redacted.length() - MARGIN)) + "...[cut]";
  }
}
