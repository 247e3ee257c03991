package dev.vigil.alerts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The gauges {@code vigil.alerts{rule,state}}: how many instances of a rule are pending or firing,
 * and whether it is in error.
 */
final class RuleGauges {

  private static final String NAME = "vigil.alerts";

  private final MeterRegistry registry;
  private final Map<RuleState, List<Meter>> registered = new HashMap<>();

  RuleGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers a rule's gauges, where they are not. */
  void add(RuleState rule) {
    registered.computeIfAbsent(
        rule,
        added ->
            List.of(
                gauge(added, "pending", RuleCounts::pending),
                gauge(added, "firing", RuleCounts::firing),
                gauge(added, "error", RuleCounts::error)));
  }

  private Meter gauge(RuleState rule, String state, ToDoubleFunction<RuleCounts> value) {
    return Gauge.builder(NAME, rule.counts(), value)
        .description("Instances of an alert rule in this state; for error, whether it is")
        .tag("rule", rule.rule().name())
        .tag("state", state)
        .strongReference(true)
        .register(registry);
  }

  void remove(RuleState rule) {
    List<Meter> meters = registered.remove(rule);
    if (meters != null) {
      meters.forEach(registry::remove);
    }
  }

  void removeAll() {
    registered.values().forEach(meters -> meters.forEach(registry::remove));
    registered.clear();
  }
}
