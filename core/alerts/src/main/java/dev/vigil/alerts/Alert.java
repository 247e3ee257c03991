package dev.vigil.alerts;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a rule at one moment: what a listener, the page of alerts and a notifier see.
 * Every text in it has passed the redactor.
 *
 * @param rule the rule's name
 * @param severity the rule's severity
 * @param state where the instance stands
 * @param labels what tells this instance from the rule's others, and the rule's own labels; sorted
 *     by name
 * @param summary one sentence for people
 * @param runbook where to read what to do, or null
 * @param value the value that the condition looked at, NaN where there is none
 * @param activeAt since when the condition has held
 * @param firedAt when it fired, null before
 * @param endedAt when it resolved, null before
 * @param incident the incident's key: the same for the trigger and the resolve of one instance, 64
 *     hexadecimal digits of the rule's name and its labels
 */
public record Alert(
    String rule,
    Severity severity,
    AlertState state,
    Map<String, String> labels,
    String summary,
    @Nullable String runbook,
    double value,
    Instant activeAt,
    @Nullable Instant firedAt,
    @Nullable Instant endedAt,
    String incident) {

  /** Takes an immutable copy of the labels, sorted by name. */
  public Alert {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** The same instance as a channel is to see it. */
  Alert as(AlertState state, @Nullable Instant endedAt) {
    return new Alert(
        rule, severity, state, labels, summary, runbook, value, activeAt, firedAt, endedAt,
        incident);
  }
}
