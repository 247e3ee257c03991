package dev.vigil.alerts.testing;

import static dev.vigil.alerts.AlertState.FIRING;
import static dev.vigil.alerts.AlertState.INACTIVE;
import static dev.vigil.alerts.AlertState.NO_DATA;
import static dev.vigil.alerts.AlertState.PENDING;
import static dev.vigil.alerts.AlertState.RECOVERING;
import static dev.vigil.alerts.AlertState.RESOLVED;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.alerts.AlertRule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTestTest {

  @Test
  void followsARuleThroughASeries() {
    AlertTest.rule("queue.size > 100", rule -> rule.forAtLeast(Duration.ofMinutes(1)))
        .at("0s")
        .gauge("queue.size", 50)
        .expect(INACTIVE)
        .at("15s")
        .gauge("queue.size", 150)
        .expect(PENDING)
        .at("75s")
        .expect(FIRING)
        .at("90s")
        .gauge("queue.size", 20)
        .expect(RESOLVED);
  }

  @Test
  void evaluatesBetweenTheMomentsToo() {
    AlertTest.rule("queue.size > 100", rule -> rule.forAtLeast(Duration.ofMinutes(5)))
        .at("0s")
        .gauge("queue.size", 150)
        .expect(PENDING)
        .at("1h")
        .expect(FIRING);
  }

  @Test
  void takesTheFourRulesOfTheGuide() {
    AlertTest.rule("error_rate > 5%", rule -> rule.forAtLeast(Duration.ofMinutes(5)))
        .at("0s")
        .expect(NO_DATA)
        .at("15s")
        .count("api_calls_total", 1000)
        .count("errors", 0)
        .at("30s")
        .count("api_calls_total", 100)
        .count("errors", 90)
        .expect(PENDING);
    AlertTest.rule("avg_response_time > 2s")
        .at("0s")
        .time("api_response_time", Duration.ofSeconds(1), 10)
        .expect(INACTIVE)
        .at("15s")
        .time("api_response_time", Duration.ofSeconds(9), 10)
        .expect(FIRING);
    AlertTest.rule("memory_usage > 80%")
        .at("0s")
        .gauge("memory_usage", 0.7)
        .expect(INACTIVE)
        .at("15s")
        .gauge("memory_usage", 0.9)
        .expect(FIRING);
    AlertTest.rule("db_connection_errors > 10", rule -> rule.forAtLeast(Duration.ofMinutes(5)))
        .at("0s")
        .count("db_connection_errors", 9)
        .expect(INACTIVE)
        .at("1m")
        .count("db_connection_errors", 2)
        .expect(FIRING)
        .at("4m45s")
        .expect(FIRING)
        .at("5m")
        .expect(RESOLVED);
  }

  @Test
  void takesARuleOfTheApplicationWithItsDefinitions() {
    AlertRule rule =
        AlertRule.builder("pool")
            .when("usage > 80%")
            .recoverWhen("usage < 60%")
            .keepFiringFor(Duration.ofSeconds(30))
            .build();

    AlertTest.of(rule, Map.of("usage", "used / size"))
        .at("0s")
        .gauge("used", 9)
        .gauge("size", 10)
        .expect(FIRING)
        .at("15s")
        .gauge("used", 7)
        .expect(RECOVERING)
        .at("30s")
        .gauge("used", 5)
        .expect(RECOVERING)
        .at("60s")
        .expect(RESOLVED);
  }

  @Test
  void losesMeters() {
    AlertTest.rule("absent(heartbeat)")
        .at("0s")
        .gauge("heartbeat", 1)
        .expect(INACTIVE)
        .at("15s")
        .remove("heartbeat")
        .expect(FIRING)
        .at("30s")
        .gauge("heartbeat", 1)
        .expect(RESOLVED);
  }

  @Test
  void saysWhatIsDifferent() {
    AlertTest test =
        AlertTest.rule("queue.size > 100").at("15s").gauge("queue.size", 150, "q", "a");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> test.expect(PENDING))
        .withMessage(
            "at PT15S the rule is FIRING and not PENDING\n"
                + "  {q=a} FIRING since PT15S, last true at 150.0");
  }

  @Test
  void doesNotGoBack() {
    AlertTest test = AlertTest.rule("queue.size > 100").at("30s");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> test.at("15s"))
        .withMessage("a moment must be a multiple of 15 s and not before PT30S but was PT15S");
    assertThatIllegalArgumentException().isThrownBy(() -> test.at("40s"));
  }
}
