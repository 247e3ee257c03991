package dev.vigil.alerts.internal.bind;

import org.jspecify.annotations.Nullable;

/** Why a condition cannot be evaluated with the meters that there are, and where in its text. */
public final class BindFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int at;
  private final @Nullable String hint;

  BindFault(int at, String message, @Nullable String hint) {
    super(message, null, false, false);
    this.at = at;
    this.hint = hint;
  }

  /** The index of the offending expression in the text that it was written in. */
  public int at() {
    return at;
  }

  /** The way out, or null where none is obvious. */
  public @Nullable String hint() {
    return hint;
  }
}
