package dev.vigil.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.vigil.core.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Makes text for people of a log event: one line, and a stack trace below it. Control characters in
 * what is logged are shown escaped, so that a text can neither begin a line of its own nor command
 * the terminal. Times are in UTC, as everywhere. Thread-safe.
 */
final class TextEncoder implements LineEncoder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String PLAIN = "\u001b[0m";

  private final SafeText safe;
  private final boolean colours;

  TextEncoder(Redactor redactor, boolean colours) {
    safe = new SafeText(redactor);
    this.colours = colours;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(256);
    try {
      write(text, event);
    } catch (RuntimeException | StackOverflowError | LinkageError broken) {
      text.setLength(0);
      text.append(event.getLevel()).append(' ').append(event.getLoggerName());
      text.append(" this event could not be written: ").append(broken.getClass().getName());
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(StringBuilder text, ILoggingEvent event) {
    text.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))).append(' ');
    String level = String.format(Locale.ROOT, "%-5s", event.getLevel());
    text.append(colours ? colour(event.getLevel().toInt()) + level + PLAIN : level);
    StringBuilder rest = new StringBuilder(200);
    rest.append(" [").append(safe.of(event.getThreadName())).append("] ");
    rest.append(event.getLoggerName()).append(" - ");
    rest.append(safe.of(String.valueOf(event.getFormattedMessage())));
    EventFields fields = EventFields.of(event);
    if (fields != null) {
      fields.print(rest, safe);
    }
    for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
      String value = safe.of(entry.getKey(), String.valueOf(entry.getValue()));
      rest.append(' ').append(safe.of(entry.getKey())).append('=').append(value);
    }
    escaped(text, rest.toString());
    text.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      stack(text, thrown);
    }
  }

  /** The stack is made as for JSON; its own line ends are the only ones that it has unescaped. */
  private void stack(StringBuilder text, IThrowableProxy thrown) {
    JsonLine line = new JsonLine(new byte[4096]);
    new StackText(safe, line).append(thrown);
    String json = new String(line.toBytes(), StandardCharsets.UTF_8);
    text.append("  ")
        .append(
            json.replace("\\n\\tat ", "\n      at ")
                .replace("\\n\\t... ", "\n      ... ")
                .replace("\\nWrapped by: ", "\n  Wrapped by: ")
                .replace("\\nCaused by: ", "\n  Caused by: ")
                .replace("\\nSuppressed: ", "\n  Suppressed: ")
                .replace("\\\"", "\""))
        .append('\n');
  }

  private static void escaped(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (Character.isISOControl(c) || JsonLine.isUnsafe(c)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
  }

  /** ECMA-48's numbers: red, yellow, green, blue. */
  private static String colour(int level) {
    if (level >= ch.qos.logback.classic.Level.ERROR_INT) {
      return "\u001b[31m";
    }
    if (level >= ch.qos.logback.classic.Level.WARN_INT) {
      return "\u001b[33m";
    }
    return level >= ch.qos.logback.classic.Level.INFO_INT ? "\u001b[32m" : "\u001b[34m";
  }
}
