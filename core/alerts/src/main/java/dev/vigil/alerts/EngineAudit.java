package dev.vigil.alerts;

import dev.vigil.core.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is foreseeably wrong with a set of rules, whatever the meters. */
final class EngineAudit {

  private EngineAudit() {}

  static List<Finding> of(
      List<AlertRule> rules, Set<String> channels, boolean watched, boolean keepsState) {
    List<Finding> findings = new ArrayList<>();
    for (AlertRule rule : rules) {
      String where = "alert rule \"" + rule.name() + "\"";
      if (rule.severity() == Severity.CRITICAL && !watched) {
        findings.add(
            new Finding(
                Finding.Severity.WARNING,
                where,
                "is critical, and nobody notices when the process that watches it is dead",
                "give the engine a watchdog(..), or alert on Prometheus's up"));
      }
    }
    if (channels.isEmpty() && !rules.isEmpty()) {
      findings.add(
          new Finding(
              Finding.Severity.WARNING,
              "alerts",
              "nobody is told when a rule fires",
              "give the engine a channel(..), unless a listener or a Prometheus that reads"
                  + " vigil.alerts does it"));
    }
    boolean waits = rules.stream().anyMatch(rule -> rule.duration().compareTo(Duration.ZERO) > 0);
    if (waits && !keepsState) {
      findings.add(
          new Finding(
              Finding.Severity.INFO,
              "alerts",
              "a restart forgets what was pending and what was told",
              "give the engine a stateFile(..)"));
    }
    return findings;
  }
}
