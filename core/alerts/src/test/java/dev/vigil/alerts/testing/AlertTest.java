package dev.vigil.alerts.testing;

import dev.vigil.alerts.Alert;
import dev.vigil.alerts.AlertEngine;
import dev.vigil.alerts.AlertRule;
import dev.vigil.alerts.AlertRuleBuilder;
import dev.vigil.alerts.AlertState;
import dev.vigil.alerts.AlertsView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Runs one rule against a series that a test writes down, on a clock that the test moves: no
 * thread, no waiting.
 *
 * <pre>{@code
 * AlertTest.rule("queue.size > 100", rule -> rule.forAtLeast(Duration.ofMinutes(1)))
 *     .at("0s").gauge("queue.size", 50).expect(INACTIVE)
 *     .at("15s").gauge("queue.size", 150).expect(PENDING)
 *     .at("75s").expect(FIRING)
 *     .at("90s").gauge("queue.size", 20).expect(RESOLVED);
 * }</pre>
 *
 * <p>Between two moments the rule is evaluated at each interval (15 s) with the values as they are.
 * What is set at a moment is what the evaluation at that moment sees. Failed expectations are
 * {@link AssertionError}s, so it works with any test library. Not thread-safe; needs no closing.
 */
public final class AlertTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final MeterRegistry registry =
      new CompositeMeterRegistry().add(new SimpleMeterRegistry());
  private final Map<Meter.Id, AtomicReference<Double>> gauges = new HashMap<>();
  private final AlertEngine engine;
  private Duration now = Duration.ZERO;
  private Duration evaluated = INTERVAL.negated();

  private AlertTest(AlertRule rule, Map<String, String> definitions) {
    AlertEngine.Builder builder = AlertEngine.builder(registry).interval(INTERVAL);
    definitions.forEach(builder::define);
    engine = builder.rule(rule).build();
  }

  /** A rule of nothing but a condition: it fires at once. */
  public static AlertTest rule(String condition) {
    return rule(condition, rule -> rule);
  }

  /** A rule whose further settings are made by {@code settings}. */
  public static AlertTest rule(String condition, UnaryOperator<AlertRuleBuilder> settings) {
    return of(settings.apply(AlertRule.builder("test").when(condition)).build());
  }

  /** A rule as the application has it. */
  public static AlertTest of(AlertRule rule) {
    return of(rule, Map.of());
  }

  /** A rule as the application has it, with the definitions that its text uses. */
  public static AlertTest of(AlertRule rule, Map<String, String> definitions) {
    return new AlertTest(rule, definitions);
  }

  /** The same as {@link #at(Duration)} for a text such as {@code 90s}, {@code 5m} or {@code 1h}. */
  public AlertTest at(String sinceStart) {
    Objects.requireNonNull(sinceStart, "sinceStart");
    return at(Duration.parse("PT" + sinceStart));
  }

  /**
   * Goes on to a moment, evaluating at each interval before it.
   *
   * @param sinceStart a multiple of 15 s, not before the moment before
   */
  public AlertTest at(Duration sinceStart) {
    if (sinceStart.compareTo(now) < 0 || sinceStart.toMillis() % INTERVAL.toMillis() != 0) {
      throw new IllegalArgumentException(
          "a moment must be a multiple of 15 s and not before " + now + " but was " + sinceStart);
    }
    now = sinceStart;
    evaluateUntil(now.minus(INTERVAL));
    return this;
  }

  /** Sets a gauge; its tags are pairs of a name and a value. */
  public AlertTest gauge(String name, double value, String... tags) {
    Meter.Id id = new Meter.Id(name, Tags.of(tags), null, null, Meter.Type.GAUGE);
    gauges
        .computeIfAbsent(
            id,
            created -> {
              AtomicReference<Double> state = new AtomicReference<>(value);
              Gauge.builder(name, state, AtomicReference::get).tags(tags).register(registry);
              return state;
            })
        .set(value);
    return this;
  }

  /** Adds to a counter; its tags are pairs of a name and a value. */
  public AlertTest count(String name, double by, String... tags) {
    registry.counter(name, tags).increment(by);
    return this;
  }

  /** Records so many events of a timer, each of this duration. */
  public AlertTest time(String name, Duration each, int events, String... tags) {
    for (int i = 0; i < events; i++) {
      registry.timer(name, tags).record(each);
    }
    return this;
  }

  /** Removes the meters of a name: what they had is missing from now on. */
  public AlertTest remove(String name) {
    for (Meter meter : List.copyOf(registry.getMeters())) {
      if (meter.getId().getName().equals(name)) {
        registry.remove(meter);
      }
    }
    gauges.keySet().removeIf(id -> id.getName().equals(name));
    return this;
  }

  /**
   * Evaluates at this moment.
   *
   * @throws AssertionError if the rule as a whole is in another state
   */
  public AlertTest expect(AlertState expected) {
    evaluateUntil(now);
    AlertsView.Rule rule = engine.view().rules().get(0);
    if (rule.state() != expected) {
      throw new AssertionError(
          "at " + now + " the rule is " + rule.state() + " and not " + expected + details(rule));
    }
    return this;
  }

  private static String details(AlertsView.Rule rule) {
    if (rule.problem() != null) {
      return ": " + rule.problem();
    }
    StringBuilder text = new StringBuilder();
    for (Alert alert : rule.alerts()) {
      text.append("\n  ").append(alert.labels()).append(' ').append(alert.state());
      text.append(" since ").append(Duration.between(START, alert.activeAt()));
      text.append(", last true at ").append(alert.value());
    }
    return text.toString();
  }

  private void evaluateUntil(Duration moment) {
    while (evaluated.compareTo(moment) < 0) {
      evaluated = evaluated.plus(INTERVAL);
      engine.evaluate(START.plus(evaluated));
    }
  }
}
