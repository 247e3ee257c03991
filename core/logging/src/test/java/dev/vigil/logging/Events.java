package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Log events without a logging set-up. */
final class Events {

  private static final LoggerContext CONTEXT = new LoggerContext();

  static {
    CONTEXT.setMDCAdapter(new LogbackMDCAdapter());
  }

  private final LoggingEvent event;
  private final Map<String, String> mdc = new TreeMap<>();

  private Events(Level level, String message, Throwable thrown, Object... arguments) {
    Logger logger = CONTEXT.getLogger("com.example.Orders");
    event = new LoggingEvent("fqcn", logger, level, message, thrown, arguments);
    event.setThreadName("main");
    event.setMDCPropertyMap(mdc);
  }

  static Events info(String message, Object... arguments) {
    return new Events(Level.INFO, message, null, arguments);
  }

  static Events of(Level level, String message, Throwable thrown, Object... arguments) {
    return new Events(level, message, thrown, arguments);
  }

  Events mdc(String key, String value) {
    mdc.put(key, value);
    return this;
  }

  Events field(String key, Object value) {
    event.addKeyValuePair(new KeyValuePair(key, value));
    return this;
  }

  Events marker(Marker marker) {
    event.addMarker(marker);
    return this;
  }

  LoggingEvent event() {
    return event;
  }
}
