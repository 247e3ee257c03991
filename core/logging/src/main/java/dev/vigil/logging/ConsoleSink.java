package dev.vigil.logging;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, whatever it is set to when a line is written. */
final class ConsoleSink implements LineSink {

  private final OutputStream out = ConsoleTarget.SystemOut.getStream();

  @Override
  public void write(Line line) {
    try {
      out.write(line.console());
      out.flush();
    } catch (IOException closed) {
      // A console that is gone has no one who reads it; the files have the line.
    }
  }

  @Override
  public void close() {
    // not ours
  }
}
