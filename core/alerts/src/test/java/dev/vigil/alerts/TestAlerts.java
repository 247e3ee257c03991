package dev.vigil.alerts;

import java.time.Instant;
import java.util.Map;

/** Alerts to tell of. */
final class TestAlerts {

  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private TestAlerts() {}

  static Alert firing(String incident) {
    return alert("rule", incident, AlertState.FIRING);
  }

  static Alert resolved(String incident) {
    return alert("rule", incident, AlertState.RESOLVED);
  }

  static Alert alert(String rule, String incident, AlertState state) {
    return new Alert(
        rule,
        Severity.CRITICAL,
        state,
        Map.of("pod", incident),
        "it burns on " + incident,
        null,
        0.5,
        AT,
        AT,
        state == AlertState.RESOLVED ? AT.plusSeconds(60) : null,
        incident);
  }
}
