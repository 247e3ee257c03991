package dev.vigil.alerts;

/** How urgent an alert is, from least to most. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Worth a look today. */
  WARNING,
  /** Hurts users soon. */
  HIGH,
  /** Hurts users now: somebody has to be woken. */
  CRITICAL
}
