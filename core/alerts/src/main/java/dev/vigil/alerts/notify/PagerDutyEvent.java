package dev.vigil.alerts.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigil.alerts.Alert;
import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Severity;
import dev.vigil.core.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Alerts as PagerDuty's events. */
final class PagerDutyEvent {

  private static final int LONGEST_SUMMARY = 1_024;
  private static final int LONGEST_TEXT = 255;

  /** With labels of at most 1,024 characters this stays below 512 KB, whatever is in them. */
  private static final int MOST_LABELS = 64;

  /** Labels that say where it burns, the most exact first. */
  private static final List<String> SOURCES = List.of("instance", "host", "pod", "service");

  private static final Set<String> LINKS = Set.of("http://", "https://");

  private PagerDutyEvent() {}

  static List<byte[]> of(Notification notification, Secret routingKey) {
    List<byte[]> events = new ArrayList<>();
    for (Alert alert : notification.alerts()) {
      if (notification.kind() != Notification.Kind.RESOLVED) {
        events.add(Json.bytes(event(alert, "trigger", routingKey)));
      }
      if (notification.kind() != Notification.Kind.FIRING) {
        events.add(Json.bytes(event(alert, "resolve", routingKey)));
      }
    }
    return events;
  }

  private static ObjectNode event(Alert alert, String action, Secret routingKey) {
    ObjectNode event = Json.object();
    event.put("routing_key", routingKey.reveal());
    event.put("event_action", action);
    event.put("dedup_key", alert.incident());
    if (action.equals("resolve")) {
      return event; // the rest is looked at for a trigger only
    }
    Map<String, String> labels = AlertText.labels(alert);
    event.put("client", "Vigil");
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", AlertText.line(alert.rule() + ": " + alert.summary(), LONGEST_SUMMARY));
    payload.put("source", source(labels));
    payload.put("severity", severity(alert.severity()));
    payload.put("timestamp", AlertText.began(alert).toString());
    payload.put("class", AlertText.line(alert.rule(), LONGEST_TEXT));
    ObjectNode details = payload.putObject("custom_details");
    labels.entrySet().stream()
        .limit(MOST_LABELS)
        .forEach(label -> details.put(label.getKey(), label.getValue()));
    if (!Double.isNaN(alert.value())) {
      details.put("value", alert.value());
    }
    String runbook = alert.runbook();
    if (runbook != null && LINKS.stream().anyMatch(runbook::startsWith)) {
      ObjectNode link = event.putArray("links").addObject();
      link.put("href", AlertText.line(runbook, AlertText.LONGEST_LABEL));
      link.put("text", "Runbook");
    } else if (runbook != null) {
      details.put("runbook", AlertText.line(runbook, AlertText.LONGEST_LABEL));
    }
    return event;
  }

  private static String source(Map<String, String> labels) {
    return SOURCES.stream()
        .map(name -> labels.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .map(value -> AlertText.line(value, LONGEST_TEXT))
        .orElse("vigil");
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case HIGH -> "error";
      case WARNING -> "warning";
      case INFO -> "info";
    };
  }
}
