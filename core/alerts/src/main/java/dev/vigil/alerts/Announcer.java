package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Tells of changes: the log, the listeners, and the channels unless a silence forbids it. */
final class Announcer implements AutoCloseable {

  private static final int MOST_WAITING = 256;

  private final TransitionLog log = new TransitionLog();
  private final List<AlertListener> listeners;
  private final Silences silences;
  private final AlertSink sink;
  private final SerialWorker calls;

  Announcer(
      List<AlertListener> listeners, Silences silences, AlertSink sink, ErrorReporter errors) {
    this.listeners = List.copyOf(listeners);
    this.silences = silences;
    this.sink = sink;
    calls =
        new SerialWorker(
            "alerts-listeners",
            "calling an alert listener",
            MOST_WAITING,
            Duration.ofSeconds(1),
            errors);
  }

  /** Tells of what one rule did at one evaluation. */
  void announce(BoundRule rule, List<AlertTransition> changes) {
    List<Alert> told = new ArrayList<>();
    for (AlertTransition change : changes) {
      boolean silenced = silences.silenced(change.alert());
      log.write(change, silenced);
      for (AlertListener listener : listeners) {
        calls.submit(() -> listener.changed(change));
      }
      if (change.fires() && !silenced) {
        told.add(change.alert());
      } else if (change.ends()) {
        // Silenced or not: who was told before the silence began waits for the end.
        told.add(change.alert().as(AlertState.RESOLVED, change.at()));
      }
    }
    publish(rule, told);
  }

  private void publish(BoundRule rule, List<Alert> alerts) {
    if (!alerts.isEmpty()) {
      sink.publish(rule.name(), rule.channels(), alerts);
    }
  }

  /** Tells of what fires although a silence is over that had kept it untold. */
  void afterSilences(List<Silence> ended, Collection<RuleState> rules, Changes changes) {
    for (RuleState rule : rules) {
      if (rule.counts().firing() == 0) {
        continue;
      }
      List<Alert> told = new ArrayList<>();
      for (RuleInstance instance : rule.open()) {
        // To a channel what is kept firing fires.
        Alert alert = changes.alert(rule.rule(), instance).as(AlertState.FIRING, null);
        if (ended.stream().anyMatch(each -> each.matches(alert)) && !silences.silenced(alert)) {
          told.add(alert);
        }
      }
      publish(rule.rule(), told);
    }
  }

  /** Tells channels that a rule's incidents are over, since nobody watches them any more. */
  void over(RuleState rule, Changes changes, long wallMillis) {
    Instant at = Instant.ofEpochMilli(wallMillis);
    List<Alert> told = new ArrayList<>();
    for (RuleInstance instance : rule.open()) {
      told.add(changes.alert(rule.rule(), instance).as(AlertState.RESOLVED, at));
    }
    publish(rule.rule(), told);
  }

  /**
   * Tells of an instance that fired before a restart as soon as it fires after it; channels that
   * had heard are not told again. Answers whether there is nothing more to wait for.
   */
  boolean confirmed(RuleState rule, RuleInstance instance, Changes changes) {
    InstanceState state = instance.state();
    if (!state.fired()) {
      return true;
    }
    if (state.adopted() || state.state() != AlertState.FIRING) {
      return false;
    }
    Alert alert = changes.alert(rule.rule(), instance);
    if (!silences.silenced(alert)) {
      publish(rule.rule(), List.of(alert));
    }
    return true;
  }

  /** Lets listeners hear what they have not heard yet, for a second. */
  @Override
  public void close() {
    calls.close();
  }
}
