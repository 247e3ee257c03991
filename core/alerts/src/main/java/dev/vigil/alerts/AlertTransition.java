package dev.vigil.alerts;

import java.time.Instant;

/**
 * One instance of a rule went from one state to another.
 *
 * @param alert the instance after it, its texts redacted
 * @param from the state before
 * @param at when, by the calendar
 */
public record AlertTransition(Alert alert, AlertState from, Instant at) {

  /** The state after it. */
  public AlertState to() {
    return alert.state();
  }

  /** Whether an incident begins. */
  boolean fires() {
    return to() == AlertState.FIRING && !open(from);
  }

  /** Whether an incident ends: it resolved, or has to wait for its duration anew. */
  boolean ends() {
    return open(from) && !open(to());
  }

  private static boolean open(AlertState state) {
    return state == AlertState.FIRING || state == AlertState.RECOVERING;
  }
}
