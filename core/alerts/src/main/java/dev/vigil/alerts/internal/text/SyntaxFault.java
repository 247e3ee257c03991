package dev.vigil.alerts.internal.text;

import org.jspecify.annotations.Nullable;

/** Why a text is no condition, and where: caught by whoever knows the rule and the file. */
public final class SyntaxFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int at;
  private final @Nullable String hint;

  SyntaxFault(int at, String message) {
    this(at, message, null);
  }

  SyntaxFault(int at, String message, @Nullable String hint) {
    // The place in the text is what matters; a mistyped rule needs no stack trace of the parser.
    super(message, null, false, false);
    this.at = at;
    this.hint = hint;
  }

  /** The index of the offending character; the text's length where the text ends too early. */
  public int at() {
    return at;
  }

  /** The way out, or null where none is obvious. */
  public @Nullable String hint() {
    return hint;
  }
}
