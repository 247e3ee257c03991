package dev.vigil.alerts;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps alerts from being told of, until a moment. What they do is still evaluated, logged and
 * shown; who had been told that an alert fires is told of its end, too; and whoever's alert still
 * fires when the silence is over is told then.
 *
 * @param id what it is ended early by
 * @param labels what an alert's labels have to be, for all of them: its own, and {@code rule} and
 *     {@code severity} (lower case); empty for every alert
 * @param until when it ends, by the calendar
 * @param reason why, for people
 */
public record Silence(String id, Map<String, String> labels, Instant until, String reason) {

  /** Takes an immutable copy of the labels. */
  public Silence {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Whether it is meant for an alert. */
  boolean matches(Alert alert) {
    for (Map.Entry<String, String> wanted : labels.entrySet()) {
      if (!wanted.getValue().equals(label(alert, wanted.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static String label(Alert alert, String name) {
    String own = alert.labels().get(name);
    if (own != null) {
      return own;
    }
    return switch (name) {
      case "rule" -> alert.rule();
      case "severity" -> alert.severity().label();
      default -> "";
    };
  }
}
