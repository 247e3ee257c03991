package dev.vigil.alerts.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigil.alerts.Alert;
import dev.vigil.alerts.Notification;
import java.util.Locale;

/**
 * A notification as Slack takes it. Lengths are counted after escaping, and no escape is cut in
 * two.
 */
final class SlackMessage {

  private static final int LONGEST_HEADER = 150;

  /** Of the text that a notification on a telephone shows. */
  private static final int LONGEST_TEXT = 1_000;

  /** 21 of them and a header stay below 13,000 (slackapi/bolt-js#2509). */
  private static final int LONGEST_SECTION = 590;

  private static final String ELLIPSIS = "\u2026";

  private SlackMessage() {}

  static ObjectNode of(Notification notification) {
    ObjectNode message = Json.object();
    message.put("text", escaped(AlertText.subject(notification), LONGEST_TEXT));
    message.put("link_names", false);
    message.put("unfurl_links", false);
    message.put("unfurl_media", false);
    ArrayNode blocks = message.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header").putObject("text");
    header.put("type", "plain_text");
    header.put("text", escaped(AlertText.headline(notification), LONGEST_HEADER));
    header.put("emoji", false);
    for (Alert alert : notification.alerts()) {
      section(blocks, section(alert));
    }
    if (notification.more() > 0) {
      section(blocks, "and " + notification.more() + " more");
    }
    return message;
  }

  private static void section(ArrayNode blocks, String text) {
    ObjectNode body = blocks.addObject().put("type", "section").putObject("text");
    body.put("type", "mrkdwn");
    body.put("text", text);
    body.put("verbatim", true); // else Slack makes links and mentions of what looks like them
  }

  private static String section(Alert alert) {
    StringBuilder text = new StringBuilder();
    text.append(escaped(alert.summary(), 250)).append('\n');
    text.append(AlertText.severity(alert)).append(", ").append(AlertText.when(alert));
    String runbook = alert.runbook();
    if (runbook != null) {
      text.append('\n').append(escaped(runbook, 120));
    }
    int room = LONGEST_SECTION - text.length() - 1;
    if (!alert.labels().isEmpty() && room > 20) {
      text.append('\n').append(escaped(AlertText.labelLine(alert), room));
    }
    return text.toString();
  }

  /** One line, escaped, of at most {@code longest} characters. */
  static String escaped(String text, int longest) {
    String line = AlertText.line(text, longest);
    StringBuilder escaped = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      i += Character.charCount(c);
      String next =
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '@' -> mention(line, i) ? "@\u200b" : "@";
            default -> Character.toString(c);
          };
      int reserve = i < line.length() ? ELLIPSIS.length() : 0;
      if (escaped.length() + next.length() + reserve > longest) {
        return escaped.append(ELLIPSIS).toString();
      }
      escaped.append(next);
    }
    return escaped.toString();
  }

  /** Whether the words for everybody follow, which older clients and bridges take for a mention. */
  private static boolean mention(String line, int from) {
    String rest = line.substring(from, Math.min(line.length(), from + 8)).toLowerCase(Locale.ROOT);
    return rest.startsWith("here") || rest.startsWith("channel") || rest.startsWith("everyone");
  }
}
