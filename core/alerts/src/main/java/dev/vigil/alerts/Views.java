package dev.vigil.alerts;

import dev.vigil.core.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes what people see of rules. Used by whoever holds the engine's lock. */
final class Views {

  private static final int MOST_ALERTS = 100;

  private final Redactor redactor;

  Views(Redactor redactor) {
    this.redactor = redactor;
  }

  AlertsView of(Evaluator evaluator, Silences silences, long evaluations, long missed) {
    List<AlertsView.Rule> rules = new ArrayList<>();
    for (RuleState rule : evaluator.rules()) {
      rules.add(rule(rule, evaluator.changes()));
    }
    return new AlertsView(
        Instant.ofEpochMilli(evaluator.tick().wallMillis()),
        evaluations,
        missed,
        rules,
        silences.all().stream().map(this::redacted).toList());
  }

  private AlertsView.Rule rule(RuleState state, Changes changes) {
    BoundRule rule = state.rule();
    String problem = state.problem();
    List<RuleInstance> shown = new ArrayList<>();
    state.forEach(
        instance -> {
          if (instance.state().state() != AlertState.INACTIVE) {
            shown.add(instance);
          }
        });
    shown.sort(Comparator.comparingLong((RuleInstance each) -> each.state().activeAt()).reversed());
    return new AlertsView.Rule(
        rule.name(),
        rule.severity(),
        state.shown(),
        problem == null ? null : redactor.redact(problem),
        redactor.redact(rule.expression()),
        Duration.ofNanos(rule.timing().duration()),
        Duration.ofNanos(rule.timing().keepFiringFor()),
        rule.channels(),
        shown.stream().limit(MOST_ALERTS).map(each -> changes.alert(rule, each)).toList(),
        state.history());
  }

  private Silence redacted(Silence silence) {
    java.util.Map<String, String> labels = new java.util.TreeMap<>(silence.labels());
    labels.replaceAll(redactor::redact);
    return new Silence(silence.id(), labels, silence.until(), redactor.redact(silence.reason()));
  }
}
