package dev.vigil.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes on from what the state file holds. */
final class Restart {

  /** What is older was fixed, or changed, while nobody looked. */
  private static final Duration OLDEST = Duration.ofHours(1);

  private final Evaluator evaluator;
  private final Silences silences;
  private final AlertSink sink;
  private final Set<String> channels;

  Restart(Evaluator evaluator, Silences silences, AlertSink sink, Set<String> channels) {
    this.evaluator = evaluator;
    this.silences = silences;
    this.sink = sink;
    this.channels = channels;
  }

  void from(SavedState saved, long rawNanos, Instant now) {
    if (saved.delivered() != null) {
      sink.restore(saved.delivered());
    }
    for (Silence silence : saved.silences()) {
      Duration left = Duration.between(now, silence.until());
      silences.add(silence, rawNanos + Math.max(0, left.toNanos()));
    }
    boolean tooOld = Duration.between(saved.written(), now).compareTo(OLDEST) > 0;
    Map<String, RuleState> rules = evaluator.byName();
    for (SavedState.Instance instance : saved.instances()) {
      RuleState rule = rules.get(instance.rule());
      boolean same =
          rule != null && StateKeeper.fingerprint(rule.rule()).equals(instance.expression());
      if (rule != null && same && !tooOld) {
        evaluator.adopt(rule, instance);
      } else if (instance.state() != AlertState.PENDING) {
        over(instance, now);
      }
    }
  }

  /** Nothing will watch it any more; who had been told is told that. */
  private void over(SavedState.Instance instance, Instant now) {
    Alert alert =
        new Alert(
            instance.rule(),
            instance.severity(),
            AlertState.RESOLVED,
            instance.labels(),
            instance.rule() + " is no longer watched as it was before the restart",
            null,
            instance.value(),
            Instant.ofEpochMilli(instance.activeAt()),
            instance.firedAt() == InstanceState.NEVER
                ? null
                : Instant.ofEpochMilli(instance.firedAt()),
            now,
            RuleInstance.key(instance.rule(), instance.labels()));
    sink.publish(instance.rule(), List.copyOf(channels), List.of(alert));
  }
}
