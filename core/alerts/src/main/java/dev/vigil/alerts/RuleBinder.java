package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.core.internal.NearestName;
import dev.vigil.metrics.windows.MeterWindows;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes rules that can be evaluated out of rules as they are written. */
final class RuleBinder {

  private final Definitions definitions;
  private final MeterWindows windows;
  private final List<String> channels;

  RuleBinder(Definitions definitions, MeterWindows windows, Collection<String> channels) {
    this.definitions = definitions;
    this.windows = windows;
    this.channels = List.copyOf(channels);
  }

  /** What rules ask of windows, recoveries too. */
  static List<Reach> reach(Collection<AlertRule> rules, Definitions definitions) {
    return rules.stream()
        .flatMap(rule -> Stream.concat(Stream.of(rule.condition()), rule.recover().stream()))
        .map(condition -> Reach.of(definitions.resolve(condition)))
        .toList();
  }

  /**
   * Looks whether rules can be bound, whatever the meters. For any thread.
   *
   * @throws IllegalArgumentException if one names a channel that there is not, its definitions go
   *     in a circle, or a window of it is shorter than the interval or longer than the longest
   */
  void check(Collection<AlertRule> rules) {
    for (AlertRule rule : rules) {
      for (String channel : rule.channels()) {
        if (!channels.contains(channel)) {
          throw unknown(rule, channel);
        }
      }
      check(rule, rule.condition());
      rule.recover().ifPresent(recover -> check(rule, recover));
    }
  }

  private void check(AlertRule rule, Condition condition) {
    Expr resolved = definitions.resolve(condition);
    try {
      Reach.checked(resolved, windows);
    } catch (IllegalArgumentException window) {
      throw new IllegalArgumentException(
          "rule \"" + rule.name() + "\": " + window.getMessage(), window);
    }
  }

  private IllegalArgumentException unknown(AlertRule rule, String channel) {
    String hint =
        NearestName.of(channel, channels)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElseGet(() -> "there are " + Set.copyOf(channels));
    return new IllegalArgumentException(
        "rule \""
            + rule.name()
            + "\" names channel \""
            + channel
            + "\", which there is not; "
            + hint);
  }

  /** Binds all. For the evaluator's thread, or before it starts. */
  List<BoundRule> bind(List<AlertRule> rules) {
    return rules.stream().map(this::bind).toList();
  }

  private BoundRule bind(AlertRule rule) {
    Condition recover = rule.recover().orElse(null);
    Duration duration = rule.duration();
    return new BoundRule(
        rule.name(),
        rule.severity(),
        new RuleTiming(
            duration.toNanos(),
            rule.keepFiringFor().toNanos(),
            rule.missing(),
            recover != null,
            Reach.of(definitions.resolve(rule.condition())).longest().toNanos()),
        shown(rule, recover),
        identity(rule, recover),
        ConditionBinding.of(rule.condition(), definitions, windows, duration),
        recover == null ? null : ConditionBinding.of(recover, definitions, windows, duration),
        rule.channels().isEmpty() ? channels : rule.channels(),
        rule.labels(),
        rule.template()::of,
        rule.runbook().orElse(null));
  }

  private static String shown(AlertRule rule, @Nullable Condition recover) {
    String text = rule.condition().toString();
    return recover == null ? text : text + ", recovers when " + recover;
  }

  /** The texts, and those of all definitions that they use. */
  private String identity(AlertRule rule, @Nullable Condition recover) {
    StringBuilder text = new StringBuilder(rule.condition().toString());
    text.append('\n').append(recover);
    Set<String> taken = new HashSet<>();
    boolean found = true;
    while (found) {
      String used = text.toString();
      found = false;
      for (Map.Entry<String, Condition.Quantity> own : definitions.own().entrySet()) {
        if (used.contains(own.getKey()) && taken.add(own.getKey())) {
          text.append('\n').append(own.getKey()).append('=').append(own.getValue().text());
          found = true;
        }
      }
    }
    return text.toString();
  }
}
