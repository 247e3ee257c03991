package dev.vigil.alerts;

import static dev.vigil.alerts.Rules.rule;
import static dev.vigil.alerts.RunnerFixture.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransitionLogTest {

  private final RunnerFixture fixture = new RunnerFixture();
  private final FakeCondition condition =
      FakeCondition.none().set(Map.of("token", "sk_live_4eC39HqLyjWDarjtT1zdp7dc"), Truth.TRUE);

  @Test
  void writesOneLineForEachChange() {
    try (LogLines log = new LogLines("vigil.alerts");
        RuleRunner runner = fixture.runner(rule("heap", condition).lasting(MINUTE))) {
      fixture.evaluate(runner, 3);
      condition.set(Map.of("token", "sk_live_4eC39HqLyjWDarjtT1zdp7dc"), Truth.FALSE);
      fixture.evaluate(runner, 3);

      assertThat(log.lines())
          .containsExactly(
              "INFO alert heap is pending, was inactive: heap is at 90.0",
              "WARN alert heap is firing, was pending: heap is at 90.0",
              "INFO alert heap is resolved, was firing: heap is at 90.0");
    }
  }

  @Test
  void tellsWhatItIsInFieldsOfTheirOwn() {
    try (LogLines log = new LogLines("vigil.alerts");
        RuleRunner runner = fixture.runner(rule("heap", condition))) {
      fixture.evaluate(runner);

      Map<String, String> fields = new TreeMap<>();
      log.events()
          .get(0)
          .getKeyValuePairs()
          .forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
      assertThat(fields)
          .containsEntry("rule", "heap")
          .containsEntry("severity", "warning")
          .containsEntry("from", "inactive")
          .containsEntry("to", "firing")
          .containsEntry("labels", "{token=***}")
          .containsEntry("value", "90.0")
          .containsEntry("active_at", "2026-01-01T00:00:00Z")
          .containsEntry("silenced", "false")
          .hasEntrySatisfying("incident", key -> assertThat(key).matches("[0-9a-f]{64}"));
    }
  }
}
