package dev.vigil.alerts.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigil.alerts.Alert;
import dev.vigil.alerts.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A notification as the body of Alertmanager's webhooks, version 4. */
final class WebhookBody {

  /** What Alertmanager says of an alert that has no end yet: Go's zero time. */
  private static final String NO_END = "0001-01-01T00:00:00Z";

  private WebhookBody() {}

  static ObjectNode of(Notification notification) {
    List<Alert> alerts = notification.alerts();
    String rule = AlertText.line(notification.rule(), AlertText.LONGEST_LABEL);
    ObjectNode body = Json.object();
    body.put("version", "4");
    body.put(
        "groupKey", "{}:{alertname=\"" + rule.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    body.put("truncatedAlerts", notification.more());
    body.put("status", notification.kind() == Notification.Kind.RESOLVED ? "resolved" : "firing");
    body.put("receiver", "vigil");
    PrometheusAlert.put(body, "groupLabels", Map.of("alertname", rule));
    PrometheusAlert.put(
        body, "commonLabels", common(alerts.stream().map(PrometheusAlert::labels).toList()));
    PrometheusAlert.put(
        body,
        "commonAnnotations",
        common(alerts.stream().map(PrometheusAlert::annotations).toList()));
    body.put("externalURL", "");
    ArrayNode list = body.putArray("alerts");
    alerts.forEach(alert -> list.add(alert(alert)));
    return body;
  }

  private static ObjectNode alert(Alert alert) {
    Instant ended = alert.endedAt();
    ObjectNode node = Json.object();
    node.put("status", ended == null ? "firing" : "resolved");
    PrometheusAlert.put(node, "labels", PrometheusAlert.labels(alert));
    PrometheusAlert.put(node, "annotations", PrometheusAlert.annotations(alert));
    node.put("startsAt", AlertText.began(alert).toString());
    node.put("endsAt", ended == null ? NO_END : ended.toString());
    node.put("generatorURL", "");
    node.put("fingerprint", alert.incident());
    return node;
  }

  private static Map<String, String> common(List<Map<String, String>> all) {
    Map<String, String> common = new TreeMap<>(all.get(0));
    all.forEach(each -> common.entrySet().retainAll(each.entrySet()));
    return common;
  }
}
