package dev.vigil.alerts;

import java.util.Locale;

/** How urgent an alert is, from least to most. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Worth a look today. */
  WARNING,
  /** Hurts users soon. */
  HIGH,
  /** Hurts users now: somebody has to be woken. */
  CRITICAL;

  /** In lower case, as in rule files, in silences and in JSON. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
