package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.alerts.Notification;
import dev.vigil.core.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookBodyTest {

  @Test
  void isAlertmanagersBody() {
    Notification two =
        Sample.notification(
            Notification.Kind.FIRING, List.of(Sample.alert("a", null), Sample.alert("b", null)), 0);

    assertThat(WebhookBody.of(two))
        .isEqualTo(
            Sample.json(
                """
                {"version": "4", "groupKey": "{}:{alertname=\\"high-error-rate\\"}",
                 "truncatedAlerts": 0, "status": "firing", "receiver": "vigil",
                 "groupLabels": {"alertname": "high-error-rate"},
                 "commonLabels": {"alertname": "high-error-rate", "service_name": "shop",
                  "severity": "high"},
                 "commonAnnotations": {"runbook_url": "https://runbooks.example.test/errors",
                  "value": "0.075"},
                 "externalURL": "",
                 "alerts": [%s, %s]}
                """
                    .formatted(alert("a"), alert("b"))));
  }

  private static String alert(String pod) {
    return """
        {"status": "firing",
         "labels": {"alertname": "high-error-rate", "pod": "%s", "service_name": "shop",
          "severity": "high"},
         "annotations": {"runbook_url": "https://runbooks.example.test/errors",
          "summary": "error rate 7.5%% on %s", "value": "0.075"},
         "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z",
         "generatorURL": "",
         "fingerprint": "c0ffee0000000000000000000000000000000000000000000000000000000000"}
        """
        .formatted(pod, pod);
  }

  @Test
  void saysWhenItEnded() {
    JsonNode body = WebhookBody.of(Sample.resolved());

    assertThat(body.get("status").asText()).isEqualTo("resolved");
    assertThat(body.at("/alerts/0/status").asText()).isEqualTo("resolved");
    assertThat(body.at("/alerts/0/endsAt").asText()).isEqualTo("2026-01-01T00:05:12.345Z");
  }

  @Test
  void countsWhatItDoesNotShow() {
    assertThat(WebhookBody.of(Sample.many()).get("truncatedAlerts").asInt()).isEqualTo(30);
  }

  @Test
  void tellsNoSecretAndHasLegalNamesWhateverIsInAnAlert() {
    JsonNode body = WebhookBody.of(Sample.hostile());

    assertThat(body.toString())
        .doesNotContain("sk_live", "hunter2", "\\r", "\\n")
        .hasSizeLessThan(400_000);
    assertThat(body.at("/alerts/0/labels").fieldNames())
        .toIterable()
        .allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_]*"))
        .contains("na_me___x_")
        .doesNotContain("_9_lives"); // empty, so there is none
  }

  @Test
  void signsTimeAndBody() {
    // printf '1767225600.{}' | openssl dgst -sha256 -hmac shared
    Secret signed =
        new Signature(Secret.of("shared"))
            .of(Instant.parse("2026-01-01T00:00:00Z"), "{}".getBytes(StandardCharsets.UTF_8));

    assertThat(signed.reveal())
        .isEqualTo(
            "t=1767225600,v1="
                + "e8878612b2447e250a4deeb946ff686dd275ed797dfd858ec90c5f08c9591854");
  }
}
