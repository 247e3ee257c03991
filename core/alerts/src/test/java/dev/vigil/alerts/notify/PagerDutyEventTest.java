package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.alerts.Notification;
import dev.vigil.core.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagerDutyEventTest {

  private static final Secret KEY = Secret.of("0123456789abcdef0123456789abcdef");

  @Test
  void triggersAnIncident() {
    List<byte[]> events = PagerDutyEvent.of(Sample.firing(), KEY);

    assertThat(events).hasSize(1);
    assertThat(Sample.json(events.get(0)))
        .isEqualTo(
            Sample.json(
                """
                {"routing_key": "0123456789abcdef0123456789abcdef", "event_action": "trigger",
                 "dedup_key": "c0ffee0000000000000000000000000000000000000000000000000000000000",
                 "client": "Vigil",
                 "payload": {"summary": "high-error-rate: error rate 7.5% on a", "source": "a",
                  "severity": "error", "timestamp": "2026-01-01T00:00:00Z",
                  "class": "high-error-rate",
                  "custom_details": {"pod": "a", "service.name": "shop", "value": 0.075}},
                 "links": [{"href": "https://runbooks.example.test/errors", "text": "Runbook"}]}
                """));
  }

  @Test
  void resolvesUnderTheSameKey() {
    JsonNode trigger = Sample.json(PagerDutyEvent.of(Sample.firing(), KEY).get(0));
    JsonNode resolve = Sample.json(PagerDutyEvent.of(Sample.resolved(), KEY).get(0));

    assertThat(resolve.get("event_action").asText()).isEqualTo("resolve");
    assertThat(resolve.get("dedup_key")).isEqualTo(trigger.get("dedup_key"));
  }

  @Test
  void leavesNothingOpenAfterATest() {
    Notification test = Sample.notification(Notification.Kind.TEST, Sample.firing().alerts(), 0);

    assertThat(PagerDutyEvent.of(test, KEY))
        .extracting(event -> Sample.json(event).get("event_action").asText())
        .containsExactly("trigger", "resolve");
  }

  @Test
  void keepsToPagerDutysLimitsWhateverIsInAnAlert() {
    for (byte[] bytes : PagerDutyEvent.of(Sample.hostile(), KEY)) {
      JsonNode event = Sample.json(bytes);

      assertThat(bytes.length).isLessThanOrEqualTo(512_000);
      assertThat(event.at("/payload/summary").asText()).hasSize(1_024);
      assertThat(event.at("/payload/source").asText()).isEqualTo("vigil");
      assertThat(event.has("links")).isFalse();
      assertThat(event.toString()).doesNotContain("sk_live", "hunter2", "\\r", "\\n", "\\u0000");
    }
  }
}
