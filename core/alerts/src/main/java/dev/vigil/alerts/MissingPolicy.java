package dev.vigil.alerts;

/**
 * What it means for a rule that the meters which its condition needs are missing, or not a number.
 */
public enum MissingPolicy {
  /**
   * The condition does not hold, as with Prometheus: what was pending or firing ends. The default.
   */
  INACTIVE,
  /** Everything stays as it is, and no clock runs. */
  KEEP,
  /** The condition holds: it fires when the meters have been missing for the rule's duration. */
  FIRE,
  /**
   * Everything stays as it is, and the rule is in {@link AlertState#ERROR}: an alert of its own
   * goes to the rule's channels when that has lasted for the rule's duration.
   */
  ERROR
}
