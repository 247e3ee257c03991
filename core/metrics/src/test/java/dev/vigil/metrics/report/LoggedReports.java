package dev.vigil.metrics.report;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What comes by the logger {@code vigil.report}, while this is open. */
final class LoggedReports extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("vigil.report");
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  LoggedReports() {
    setContext(logger.getLoggerContext());
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  List<ILoggingEvent> events() {
    return events;
  }

  int size() {
    return events.size();
  }

  /** The key/value pairs of one. */
  Map<String, Object> get(int index) {
    Map<String, Object> pairs = new TreeMap<>();
    events
        .get(index)
        .getKeyValuePairs()
        .forEach(
            pair -> {
              if (pairs.put(pair.key, pair.value) != null) {
                throw new AssertionError(pair.key + " is there twice");
              }
            });
    return pairs;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
