package dev.vigil.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;

/** Makes each form of a line that some sink wants, each once. Thread-safe. */
final class Lines {

  private static final byte[] NONE = {};

  private final LineEncoder console;
  private final @Nullable LineEncoder file;
  private final @Nullable LineEncoder shipped;
  private final boolean fileAsConsole;
  private final boolean shippedAsConsole;

  Lines(Settings settings) {
    boolean files = settings.directory() != null;
    boolean ships = settings.datadogKey() != null;
    console = settings.consoleEncoder();
    fileAsConsole = files && settings.fileFormat() == settings.format();
    file = files && !fileAsConsole ? settings.encoder(settings.fileFormat()) : null;
    shippedAsConsole = ships && settings.format() == LogFormat.DATADOG;
    shipped = ships && !shippedAsConsole ? settings.encoder(LogFormat.DATADOG) : null;
  }

  Line of(ILoggingEvent event) {
    byte[] bytes = console.encode(event);
    return new Line(
        event.getLevel(),
        bytes,
        form(event, file, fileAsConsole, bytes),
        form(event, shipped, shippedAsConsole, bytes));
  }

  private static byte[] form(
      ILoggingEvent event, @Nullable LineEncoder own, boolean same, byte[] bytes) {
    if (own != null) {
      return own.encode(event);
    }
    return same ? bytes : NONE;
  }
}
