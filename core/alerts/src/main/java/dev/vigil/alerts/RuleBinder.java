package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.core.internal.NearestName;
import dev.vigil.metrics.windows.MeterWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /**
   * Looks whether rules can be bound, whatever the meters. For any thread.
   *
   * @throws IllegalArgumentException if one names a channel that there is not, or its definitions go
   *     in a circle
   */
  static void check(
      Collection<AlertRule> rules, Definitions definitions, Collection<String> channels) {
    for (AlertRule rule : rules) {
      for (String channel : rule.channels()) {
        if (!channels.contains(channel)) {
          throw unknown(rule, channel, channels);
        }
      }
      definitions.resolve(rule.condition());
      rule.recover().ifPresent(definitions::resolve);
    }
  }

  private static IllegalArgumentException unknown(
      AlertRule rule, String channel, Collection<String> channels) {
    String hint =
        NearestName.of(channel, channels)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElseGet(() -> "there are " + Set.copyOf(channels));
    return new IllegalArgumentException(
        "rule \"" + rule.name() + "\" names channel \"" + channel + "\", which there is not; " + hint);
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
            longestWindow(definitions.resolve(rule.condition())).toNanos()),
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
    Map<String, Condition.Quantity> left = new TreeMap<>(definitions.own());
    boolean found = true;
    while (found) {
      String used = text.toString();
      List<String> names = left.keySet().stream().filter(used::contains).toList();
      for (String name : names) {
        text.append('\n').append(name).append('=').append(left.remove(name).text());
      }
      found = !names.isEmpty();
    }
    return text.toString();
  }

  /** How far back the condition looks. */
  private static Duration longestWindow(Expr expr) {
    Duration longest = Duration.ZERO;
    List<Expr> parts = new ArrayList<>(expr.parts());
    for (Expr part : parts) {
      Duration of = longestWindow(part);
      longest = of.compareTo(longest) > 0 ? of : longest;
    }
    if (expr instanceof Expr.Range range) {
      return longest.plus(range.window());
    }
    return expr instanceof Expr.Offset offset ? longest.plus(offset.by()) : longest;
  }
}
