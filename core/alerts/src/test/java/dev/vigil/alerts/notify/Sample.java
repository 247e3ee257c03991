package dev.vigil.alerts.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.alerts.Alert;
import dev.vigil.alerts.AlertState;
import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notifications to send. */
final class Sample {

  static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant ENDED = Instant.parse("2026-01-01T00:05:12.345Z");
  static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  /** Of the shapes that the redactor knows. */
  static final String SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";

  private Sample() {}

  static Notification firing() {
    return notification(Notification.Kind.FIRING, List.of(alert("a", null)), 0);
  }

  static Notification resolved() {
    return notification(Notification.Kind.RESOLVED, List.of(alert("a", ENDED)), 0);
  }

  static Notification many() {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      alerts.add(alert("pod-" + i, null));
    }
    return notification(Notification.Kind.FIRING, alerts, 30);
  }

  static Notification notification(Notification.Kind kind, List<Alert> alerts, int more) {
    return new Notification(alerts.get(0).rule(), kind, alerts, more, NOW);
  }

  static Alert alert(String pod, @Nullable Instant ended) {
    return new Alert(
        "high-error-rate",
        Severity.HIGH,
        ended == null ? AlertState.FIRING : AlertState.RESOLVED,
        Map.of("pod", pod, "service.name", "shop"),
        "error rate 7.5% on " + pod,
        "https://runbooks.example.test/errors",
        0.075,
        BEGAN.minusSeconds(300),
        BEGAN,
        ended,
        "c0ffee" + "0".repeat(58));
  }

  /** Twenty alerts with what a stranger may have put into labels and summaries. */
  static Notification hostile() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(
        "inject", "x\r\nBcc: victim@example.test\r\n\r\n<!channel> <script>alert(1)</script>");
    labels.put("mention", "@here <@U123> <http://evil.test|click> & co");
    labels.put("huge", "y".repeat(1_000_000));
    labels.put("amps", "&".repeat(5_000));
    labels.put("bidi", "a\u202eb\u2066c\u2028d\u0000e\u001b[31m");
    labels.put("password", "hunter2");
    labels.put("note", "token=" + SECRET);
    labels.put("na\nme: \"x\"", "v");
    labels.put("emoji", "\ud83d\ude00".repeat(3_000));
    labels.put("lone", "\ud83d");
    labels.put("9.lives", "");
    Alert alert =
        new Alert(
            "rule\r\nX-Evil: 1 <!everyone>",
            Severity.CRITICAL,
            AlertState.FIRING,
            labels,
            "sum\r\nmary <!here> " + SECRET + " " + "z".repeat(100_000),
            "javascript:alert(1)" + "<&>".repeat(1_000),
            Double.NaN,
            BEGAN,
            null,
            null,
            "f".repeat(64));
    return notification(Notification.Kind.FIRING, Collections.nCopies(20, alert), 7);
  }

  static JsonNode json(byte[] bytes) {
    try {
      return new ObjectMapper().readTree(bytes);
    } catch (IOException notJson) {
      throw new AssertionError("not JSON", notJson);
    }
  }

  static JsonNode json(String text) {
    return json(text.getBytes(StandardCharsets.UTF_8));
  }
}
