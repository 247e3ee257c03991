package dev.vigil.alerts;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a logger writes while this is open. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger;
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  LogLines(String logger) {
    this.logger = (Logger) LoggerFactory.getLogger(logger);
    start();
    this.logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    events.add(event);
  }

  List<ILoggingEvent> events() {
    return events;
  }

  /** "LEVEL message", and what was thrown. */
  List<String> lines() {
    return events.stream()
        .map(
            each ->
                each.getLevel()
                    + " "
                    + each.getFormattedMessage()
                    + (each.getThrowableProxy() == null
                        ? ""
                        : " " + each.getThrowableProxy().getMessage()))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
