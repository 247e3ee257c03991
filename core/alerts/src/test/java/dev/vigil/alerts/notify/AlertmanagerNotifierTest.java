package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.alerts.Notification;
import dev.vigil.core.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerNotifierTest {

  private static final Secret URL = Secret.of("http://localhost:9093");

  @Test
  void sendsWhatAlertmanagerTakes() {
    assertThat(body(Duration.ofSeconds(15), Sample.firing()))
        .isEqualTo(
            Sample.json(
                """
                [{"labels": {"alertname": "high-error-rate", "pod": "a", "service_name": "shop",
                   "severity": "high"},
                  "annotations": {"runbook_url": "https://runbooks.example.test/errors",
                   "summary": "error rate 7.5% on a", "value": "0.075"},
                  "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2026-01-01T01:04:00Z",
                  "generatorURL": ""}]
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "PT15S, 2026-01-01T01:04:00Z",
    "PT1M, 2026-01-01T01:04:00Z",
    "PT5M, 2026-01-01T01:20:00Z"
  })
  void endsFourIntervalsAhead(Duration interval, String end) {
    assertThat(body(interval, Sample.firing()).at("/0/endsAt").asText()).isEqualTo(end);
  }

  @Test
  void endsWhenItEnded() {
    assertThat(body(Duration.ofSeconds(15), Sample.resolved()).at("/0/endsAt").asText())
        .isEqualTo("2026-01-01T00:05:12.345Z");
  }

  @Test
  void endsATestByItself() {
    Notification test = Sample.notification(Notification.Kind.TEST, Sample.firing().alerts(), 0);

    assertThat(body(Duration.ofSeconds(15), test).at("/0/endsAt").asText())
        .isEqualTo("2026-01-01T01:01:00Z");
  }

  @Test
  void tellsNoSecretAndHasLegalNamesWhateverIsInAnAlert() {
    JsonNode body = body(Duration.ofSeconds(15), Sample.hostile());

    assertThat(body.toString()).doesNotContain("sk_live", "hunter2", "\\r", "\\n");
    assertThat(body.at("/0/labels").fieldNames())
        .toIterable()
        .allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_]*"));
  }

  @Test
  void refusesAnIntervalOfNothing() {
    assertThatThrownBy(() -> AlertmanagerNotifier.of(URL, Duration.ZERO))
        .hasMessage("interval must be positive but was PT0S");
  }

  private static JsonNode body(Duration interval, Notification notification) {
    try (AlertmanagerNotifier notifier = AlertmanagerNotifier.of(URL, interval)) {
      return notifier.body(notification);
    }
  }
}
