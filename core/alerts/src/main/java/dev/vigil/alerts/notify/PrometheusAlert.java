package dev.vigil.alerts.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigil.alerts.Alert;
import java.util.Map;
import java.util.TreeMap;

/** An alert as Prometheus and Alertmanager speak of it. */
final class PrometheusAlert {

  private PrometheusAlert() {}

  /** {@code alertname}, {@code severity} and the alert's own, under names that Prometheus takes. */
  static Map<String, String> labels(Alert alert) {
    Map<String, String> labels = new TreeMap<>();
    AlertText.labels(alert).forEach((name, value) -> put(labels, name, value));
    put(labels, "alertname", AlertText.line(alert.rule(), AlertText.LONGEST_LABEL));
    put(labels, "severity", AlertText.severity(alert));
    return labels;
  }

  /** A label without a value is one that is not there. */
  private static void put(Map<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name(name), value);
    }
  }

  /** Prometheus's data model: letters, digits and low lines, no digit first. */
  private static String name(String name) {
    StringBuilder legal = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (digit && i == 0) {
        legal.append('_');
      }
      legal.append(letter || digit ? c : '_');
    }
    return legal.isEmpty() ? "_" : legal.toString();
  }

  static Map<String, String> annotations(Alert alert) {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put("summary", AlertText.line(alert.summary(), 4 * AlertText.LONGEST_LABEL));
    String runbook = alert.runbook();
    if (runbook != null) {
      annotations.put("runbook_url", AlertText.line(runbook, AlertText.LONGEST_LABEL));
    }
    if (!Double.isNaN(alert.value())) {
      annotations.put("value", Double.toString(alert.value()));
    }
    return annotations;
  }

  static void put(ObjectNode node, String field, Map<String, String> values) {
    values.forEach(node.putObject(field)::put);
  }
}
