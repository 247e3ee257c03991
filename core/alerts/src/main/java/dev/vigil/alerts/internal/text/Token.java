package dev.vigil.alerts.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * One word of a condition.
 *
 * @param at index of its first character
 * @param text as written; of a string, its content
 * @param value of a number, in base units, else 0
 * @param unit of a number, or null where it has none
 */
record Token(Kind kind, int at, String text, double value, @Nullable Unit unit) {

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    /** An operator, a bracket, a comma, or one of the reserved words. */
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** For error messages. */
  String found() {
    return switch (kind) {
      case END -> "end of rule";
      case STRING -> "a quoted text";
      case NAME, NUMBER, SYMBOL -> "'" + Shown.of(text) + "'";
    };
  }
}
