package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRuleTest {

  @Test
  void hasDefaultsThatTellEveryChannelAtOnce() {
    AlertRule rule = AlertRule.builder("a").when("x > 1").build();

    assertThat(rule.duration()).isZero();
    assertThat(rule.keepFiringFor()).isZero();
    assertThat(rule.severity()).isEqualTo(Severity.WARNING);
    assertThat(rule.channels()).isEmpty();
    assertThat(rule.missing()).isEqualTo(MissingPolicy.INACTIVE);
    assertThat(rule.recover()).isEmpty();
    assertThat(rule.template().of(Map.of(), 3)).isEqualTo("x > 1: 3");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    InvalidAlertsException invalid =
        catchThrowableOfType(
            InvalidAlertsException.class,
            () ->
                AlertRule.builder("a")
                    .when("x >")
                    .recoverWhen("x")
                    .forAtLeast(Duration.ofSeconds(-1))
                    .to("sl\nack")
                    .label("team", "")
                    .summary("{value|parsec}")
                    .runbook("javascript:alert(1)")
                    .build());

    assertThat(invalid.faults())
        .containsExactly(
            """
            rule "a", column 4
              x >
                 ^ expected a value, found end of rule""",
            """
            rule "a", recover, column 1
              x
              ^ a rule must be a condition, this is a number: compare it with something""",
            "rule \"a\": duration must be zero or positive but was PT-1S",
            "rule \"a\": a channel's name must be 1 to 100 printable characters without quotes or a"
                + " space at an end but was \"sl?ack\"",
            "rule \"a\": label team must be 1 to 200 printable characters but was \"\"",
            "rule \"a\": summary has a place \"{value|parsec}\"; a place is {value}, {value|%} (or"
                + " another unit), or {label}",
            "rule \"a\": runbook must be an absolute http or https address but was"
                + " \"javascript:alert(1)\"");
    assertThat(invalid).message().startsWith("7 faults:\n- rule \"a\", column 4");
  }

  @Test
  void needsACondition() {
    assertThatThrownBy(() -> AlertRule.builder("a").build())
        .hasMessage("rule \"a\" has no condition; say when(\"error_rate > 5%\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a\r\nBcc: b@example.test", "a\u202Eb", "a\u0000", "a\"b"})
  void refusesNamesThatCouldForgeALine(String name) {
    assertThatThrownBy(() -> AlertRule.builder(name).when("x > 1").build())
        .isInstanceOf(InvalidAlertsException.class)
        .hasMessageContaining("a rule's name must be 1 to 100 printable characters");
  }

  @ParameterizedTest
  @CsvSource({
    "{value}, 0.0512345, 0.05123",
    "{value|%}, 0.064, 6.4%",
    "{value|ms}, 1.5, 1500 ms",
    "{value|s}, 1.5, 1.5 s",
    "{value|MiB}, 1572864, 1.5 MiB",
    "{ value | % }, 0.5, 50%",
    "{value}, NaN, no value",
    "{value}, Infinity, infinite",
    "{value}, 12345678, 12350000",
    "{value}, 1e300, 1E+300",
    "on {service}, 1, on shop",
    "on {nowhere}, 1, on ?",
    "plain, 1, plain"
  })
  void fillsTheSummary(String template, double value, String sentence) {
    assertThat(SummaryTemplate.of(template).of(Map.of("service", "shop"), value))
        .isEqualTo(sentence);
  }

  @Test
  void makesASummaryOfAnyCondition() {
    String condition = "x{a=\"{value|}\",b=\"}\"} > 1 and\n  y > 2";

    AlertRule rule = AlertRule.builder("a").when(condition).build();

    assertThat(rule.template().of(Map.of(), 3)).endsWith(": 3");
  }

  @Test
  void isPutTogetherInJava() {
    Measure all = Measure.meter("http.server.requests");
    Measure failed = all.tag("outcome", "SERVER_ERROR").tag("uri", "/a\"\\");
    Duration window = Duration.ofMinutes(5);

    assertThat(failed.increase(window).dividedBy(all.increase(window)).above(0.05))
        .hasToString(
            "(increase(http.server.requests{outcome=\"SERVER_ERROR\",uri=\"/a\\\"\\\\\"}[300000ms])"
                + " / increase(http.server.requests[300000ms])) > 0.05");
    assertThat(all.percentile(0.995, window).above(Duration.ofMillis(1_500)))
        .hasToString("percentile(http.server.requests[300000ms], 0.995) > 1500ms");
    assertThat(Measure.of("a + b").sum().below(1e-7)).hasToString("sum((a + b)) < 0.00000010");
    assertThatThrownBy(() -> all.rate(window).tag("a", "b"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Measure.meter("a > 1 or b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
