package dev.vigil.alerts.notify;

import dev.vigil.alerts.Alert;
import dev.vigil.alerts.Notification;
import java.util.Map;

/** A mail's two bodies. */
final class EmailText {

  private static final int LONGEST = 4_096;

  private EmailText() {}

  static String plain(Notification notification) {
    StringBuilder text = new StringBuilder(AlertText.headline(notification)).append("\r\n");
    for (Alert alert : notification.alerts()) {
      text.append("\r\n").append(AlertText.line(alert.summary(), LONGEST)).append("\r\n");
      text.append("  ").append(AlertText.severity(alert)).append(", ");
      text.append(AlertText.when(alert)).append("\r\n");
      AlertText.labels(alert)
          .forEach((name, value) -> text.append("  ").append(name + ": " + value + "\r\n"));
      String runbook = alert.runbook();
      if (runbook != null) {
        text.append("  runbook: ").append(AlertText.line(runbook, LONGEST)).append("\r\n");
      }
    }
    if (notification.more() > 0) {
      text.append("\r\nand ").append(notification.more()).append(" more\r\n");
    }
    return text.toString();
  }

  static String html(Notification notification) {
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\r\n<html><body>\r\n<h2>");
    html.append(escaped(AlertText.headline(notification))).append("</h2>\r\n");
    for (Alert alert : notification.alerts()) {
      html.append("<h3>").append(escaped(AlertText.line(alert.summary(), LONGEST)));
      html.append("</h3>\r\n<p>").append(AlertText.severity(alert)).append(", ");
      html.append(AlertText.when(alert)).append("</p>\r\n<table>\r\n");
      for (Map.Entry<String, String> label : AlertText.labels(alert).entrySet()) {
        row(html, label.getKey(), label.getValue());
      }
      String runbook = alert.runbook();
      if (runbook != null) {
        row(html, "runbook", AlertText.line(runbook, LONGEST));
      }
      html.append("</table>\r\n");
    }
    if (notification.more() > 0) {
      html.append("<p>and ").append(notification.more()).append(" more</p>\r\n");
    }
    return html.append("</body></html>\r\n").toString();
  }

  private static void row(StringBuilder html, String name, String value) {
    html.append("<tr><td>").append(escaped(name));
    html.append("</td><td>").append(escaped(value)).append("</td></tr>\r\n");
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
