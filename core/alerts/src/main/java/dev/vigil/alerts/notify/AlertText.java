package dev.vigil.alerts.notify;

import dev.vigil.alerts.Alert;
import dev.vigil.alerts.Notification;
import dev.vigil.core.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An alert in words, on single lines, without secrets, without limit or escape for a format. */
final class AlertText {

  /** Enough for a path or a query; nobody reads more of a label. */
  static final int LONGEST_LABEL = 1_024;

  private static final int LONGEST_NAME = 128;

  private AlertText() {}

  /** {@code [FIRING:3] high-error-rate}. */
  static String headline(Notification notification) {
    int count = notification.alerts().size() + notification.more();
    return "["
        + notification.kind()
        + (count > 1 ? ":" + count : "")
        + "] "
        + line(notification.rule(), LONGEST_NAME);
  }

  /** The headline, and what the first alert says. */
  static String subject(Notification notification) {
    return headline(notification) + ": " + notification.alerts().get(0).summary();
  }

  static String severity(Alert alert) {
    return alert.severity().name().toLowerCase(Locale.ROOT);
  }

  /** {@code since 2026-01-01T00:00:00Z}, or from when to when and for how long. */
  static String when(Alert alert) {
    Instant began = began(alert);
    Instant ended = alert.endedAt();
    if (ended == null) {
      return "since " + began.truncatedTo(ChronoUnit.SECONDS);
    }
    Duration lasted = Duration.between(began, ended).truncatedTo(ChronoUnit.SECONDS);
    return "from "
        + began.truncatedTo(ChronoUnit.SECONDS)
        + " to "
        + ended.truncatedTo(ChronoUnit.SECONDS)
        + " ("
        + lasted.toString().substring(2).toLowerCase(Locale.ROOT)
        + ")";
  }

  static Instant began(Alert alert) {
    Instant fired = alert.firedAt();
    return fired == null ? alert.activeAt() : fired;
  }

  /** Names and values fit to be shown, by name. */
  static Map<String, String> labels(Alert alert) {
    Map<String, String> labels = new TreeMap<>();
    alert
        .labels()
        .forEach(
            (name, value) ->
                labels.put(
                    line(name, LONGEST_NAME),
                    clean(Redactor.standard().redact(name, value), LONGEST_LABEL)));
    return labels;
  }

  /** {@code pod=a, zone=b}. */
  static String labelLine(Alert alert) {
    StringBuilder line = new StringBuilder();
    labels(alert)
        .forEach(
            (name, value) ->
                line.append(line.isEmpty() ? "" : ", ").append(name).append('=').append(value));
    return line.toString();
  }

  /** Hides secrets, then as {@link #clean}: in this order, since half a secret has no shape. */
  static String line(String text, int longest) {
    return clean(Redactor.standard().redact(text), longest);
  }

  /**
   * On one line of at most {@code longest} characters: what could break it, steer a terminal or
   * turn the direction of writing becomes a space.
   */
  private static String clean(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int room = longest - clean.length() - (i + Character.charCount(c) < text.length() ? 1 : 0);
      if (room < Character.charCount(c)) {
        return clean.append('\u2026').toString();
      }
      clean.appendCodePoint(harmless(c) ? c : ' ');
      i += Character.charCount(c);
    }
    return clean.toString();
  }

  private static boolean harmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // Writing direction: https://www.unicode.org/reports/tr9/, 2.
      case Character.FORMAT -> !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
      default -> true;
    };
  }
}
