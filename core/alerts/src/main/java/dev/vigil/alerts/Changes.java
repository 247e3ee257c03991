package dev.vigil.alerts;

import dev.vigil.core.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what one evaluation changed, as alerts whose texts have passed the redactor. */
final class Changes {

  private final Redactor redactor;
  private final List<AlertTransition> made = new ArrayList<>();

  Changes(Redactor redactor) {
    this.redactor = redactor;
  }

  void clear() {
    made.clear();
  }

  List<AlertTransition> made() {
    return made;
  }

  int size() {
    return made.size();
  }

  void add(BoundRule rule, RuleInstance instance, AlertState from, long wallMillis) {
    made.add(new AlertTransition(alert(rule, instance), from, Instant.ofEpochMilli(wallMillis)));
  }

  /** The instance as people see it now. */
  Alert alert(BoundRule rule, RuleInstance instance) {
    InstanceState state = instance.state();
    double value = instance.lastTrueValue();
    String runbook = rule.runbook();
    return new Alert(
        rule.name(),
        rule.severity(),
        state.state(),
        labels(rule, instance),
        redactor.redact(summary(rule, instance, value)),
        runbook == null ? null : redactor.redact(runbook),
        value,
        Instant.ofEpochMilli(state.activeAt()),
        instant(state.firedAt()),
        instant(state.endedAt()),
        instance.incident(rule.name()));
  }

  /** What the instance has by itself wins over what the rule says of all. */
  private Map<String, String> labels(BoundRule rule, RuleInstance instance) {
    TreeMap<String, String> labels = new TreeMap<>(rule.labels());
    labels.putAll(instance.labels());
    labels.replaceAll(redactor::redact);
    return labels;
  }

  private static String summary(BoundRule rule, RuleInstance instance, double value) {
    String problem = instance.problem();
    if (problem != null) {
      return "alert rule " + rule.name() + " cannot be evaluated: " + problem;
    }
    try {
      return rule.summary().of(instance.labels(), value);
    } catch (RuntimeException broken) {
      return rule.name() + " (its summary failed with " + broken.getClass().getName() + ")";
    }
  }

  private static @Nullable Instant instant(long millis) {
    return millis == InstanceState.NEVER ? null : Instant.ofEpochMilli(millis);
  }
}
