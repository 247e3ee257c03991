package dev.vigil.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** Makes the bytes of a line, its end included. Implementations are thread-safe and never throw. */
interface LineEncoder {

  /** The line of an event, in UTF-8. */
  byte[] encode(ILoggingEvent event);
}
