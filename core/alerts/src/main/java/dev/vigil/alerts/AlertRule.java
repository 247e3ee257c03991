package dev.vigil.alerts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When somebody is told of what, how urgently, and by which channels.
 *
 * <pre>{@code
 * AlertRule.builder("high-error-rate")
 *     .when("error_rate > 5%")
 *     .recoverWhen("error_rate < 3%")
 *     .forAtLeast(Duration.ofMinutes(5))
 *     .severity(Severity.CRITICAL)
 *     .to("slack", "pagerduty")
 *     .summary("error rate {value|%}")
 *     .build();
 * }</pre>
 *
 * <p>It fires at the first evaluation at which its condition has held for its duration, and at once
 * where that is zero. A condition that compares a bare counter ({@code db_connection_errors > 10})
 * takes the duration for the time in which it counts, and waits no further.
 *
 * <p>Immutable and thread-safe.
 */
public final class AlertRule {

  private final String name;
  private final Condition condition;
  private final @Nullable Condition recover;
  private final Duration duration;
  private final Duration keepFiringFor;
  private final Severity severity;
  private final List<String> channels;
  private final Map<String, String> labels;
  private final MissingPolicy missing;
  private final SummaryTemplate summary;
  private final @Nullable String runbook;

  AlertRule(AlertRuleBuilder from, Condition condition) {
    name = from.name;
    this.condition = condition;
    recover = from.recover;
    duration = from.duration;
    keepFiringFor = from.keepFiringFor;
    severity = from.severity;
    channels = List.copyOf(from.channels);
    labels = Map.copyOf(from.labels);
    missing = from.missing;
    summary = from.template(condition);
    runbook = from.runbook;
  }

  /**
   * Starts a rule.
   *
   * @param name what it is known by: 1 to 100 printable characters; its states go on under it after
   *     a restart
   */
  public static AlertRuleBuilder builder(String name) {
    return new AlertRuleBuilder(name);
  }

  /** What it is known by. */
  public String name() {
    return name;
  }

  /** When it fires. */
  public Condition condition() {
    return condition;
  }

  /** When it is over once it fires; empty where that is when its condition does not hold. */
  public Optional<Condition> recover() {
    return Optional.ofNullable(recover);
  }

  /** How long the condition has to hold. */
  public Duration duration() {
    return duration;
  }

  /** How long it goes on firing after its condition ended. */
  public Duration keepFiringFor() {
    return keepFiringFor;
  }

  /** How urgent it is. */
  public Severity severity() {
    return severity;
  }

  /** The names of the channels that are told; empty for all of them. */
  public List<String> channels() {
    return channels;
  }

  /** Its own labels, which all its alerts have. */
  public Map<String, String> labels() {
    return labels;
  }

  /** What it means where the meters that it needs are missing. */
  public MissingPolicy missing() {
    return missing;
  }

  /** The sentence for people, with its places, as given or as made from the condition. */
  public String summary() {
    return summary.toString();
  }

  /** Where to read what to do. */
  public Optional<String> runbook() {
    return Optional.ofNullable(runbook);
  }

  SummaryTemplate template() {
    return summary;
  }

  /** Name and condition. */
  @Override
  public String toString() {
    return name + ": " + condition;
  }
}
