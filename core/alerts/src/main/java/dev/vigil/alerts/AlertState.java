package dev.vigil.alerts;

import java.util.Locale;

/** Where one instance of a rule, that is one set of labels, stands. */
public enum AlertState {
  /** The condition does not hold. */
  INACTIVE,
  /** The condition holds, but not yet for the rule's duration. */
  PENDING,
  /** The condition has held for the rule's duration. */
  FIRING,
  /**
   * Fired, no longer holds, and is kept firing until the hold is over or the recovery condition is
   * met.
   */
  RECOVERING,
  /** Fired, and is over. */
  RESOLVED,
  /** The meters that the condition needs are missing. */
  NO_DATA,
  /** The condition cannot be evaluated. */
  ERROR;

  /** In lower case with a space, as in log lines and JSON: "no data". */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
