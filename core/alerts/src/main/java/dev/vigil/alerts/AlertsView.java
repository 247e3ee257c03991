package dev.vigil.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rules and where they stand, for people who may see it. Every text has passed the redactor;
 * still, names of rules and meters tell how a service is built: show it to the authorised only.
 *
 * <p>Immutable.
 *
 * @param at when the last evaluation was, the epoch before the first
 * @param evaluations how many there were
 * @param missed how many were skipped, since one before them took too long
 * @param rules in the order in which they were given
 * @param silences those that are not over
 */
public record AlertsView(
    Instant at, long evaluations, long missed, List<Rule> rules, List<Silence> silences) {

  /** Takes immutable copies. */
  public AlertsView {
    rules = List.copyOf(rules);
    silences = List.copyOf(silences);
  }

  /**
   * One rule.
   *
   * @param name its name
   * @param severity its severity
   * @param state where it stands as a whole: in error, or as the most urgent of its instances
   * @param problem why it cannot be evaluated, or null
   * @param condition its condition's text
   * @param duration for how long the condition has to hold
   * @param keepFiringFor for how long it goes on firing after it recovered
   * @param channels whom it tells
   * @param alerts at most 100 instances that are pending, firing, recovering or lately resolved
   * @param history its last 50 changes, oldest first
   */
  public record Rule(
      String name,
      Severity severity,
      AlertState state,
      @Nullable String problem,
      String condition,
      Duration duration,
      Duration keepFiringFor,
      List<String> channels,
      List<Alert> alerts,
      List<AlertTransition> history) {

    /** Takes immutable copies. */
    public Rule {
      channels = List.copyOf(channels);
      alerts = List.copyOf(alerts);
      history = List.copyOf(history);
    }
  }

  /** How many rules are in which state. */
  public Map<AlertState, Integer> counts() {
    Map<AlertState, Integer> counts = new java.util.EnumMap<>(AlertState.class);
    for (Rule rule : rules) {
      counts.merge(rule.state(), 1, Integer::sum);
    }
    return counts;
  }

  /** As JSON, in UTF-8: instants in ISO 8601, durations in seconds, states in lower case. */
  public byte[] json() {
    return AlertsJson.write(this);
  }
}
