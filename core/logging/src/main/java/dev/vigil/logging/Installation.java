package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;

/** What was changed in Logback, and how it was before. */
final class Installation {

  /** Under this name the context holds who has set it up, whatever class loader that came from. */
  private static final String MARK = "dev.vigil.logging";

  /**
   * Spring Boot takes a context that holds this for set up, and leaves it as it is; without it, it
   * would reset it. A name, since we do not depend on Spring.
   */
  private static final String SPRING_BOOT = "org.springframework.boot.logging.LoggingSystem";

  /** Shown under every profile. */
  private static final List<String> ALWAYS_SHOWN =
      List.of("vigil.report", "vigil.alerts", "vigil.lifecycle");

  private final LoggerContext context;
  private final List<Appender<ILoggingEvent>> replaced;
  private final Map<Logger, @Nullable Level> levels;
  private final @Nullable Object boot;
  private final StructuredAppender appender;
  private boolean undone;

  private Installation(
      LoggerContext context,
      List<Appender<ILoggingEvent>> replaced,
      Map<Logger, @Nullable Level> levels,
      StructuredAppender appender) {
    this.context = context;
    this.replaced = replaced;
    this.levels = levels;
    this.appender = appender;
    boot = context.getObject(SPRING_BOOT);
  }

  /** The bound Logback, if it may be set up. */
  static LoggerContext logback(ILoggerFactory bound, boolean forced) {
    if (!(bound instanceof LoggerContext context)) {
      throw new IllegalStateException(
          "logging must go through Logback but SLF4J is bound to "
              + bound.getClass().getName()
              + "; remove that provider from the class path");
    }
    boolean shared = LoggerContext.class.getClassLoader() != Installation.class.getClassLoader();
    if (shared && !forced) {
      throw new IllegalStateException(
          "this Logback may serve other applications too, since it was loaded by another class"
              + " loader; bring Logback with the application, or force() it and change their log");
    }
    return context;
  }

  static Installation of(
      LoggerContext context,
      StructuredAppender appender,
      org.slf4j.event.Level level,
      boolean forced) {
    if (context.getObject(MARK) != null && !forced) {
      throw new IllegalStateException(
          "structured logging is installed already; undo() that first, or close the other"
              + " application that shares this Logback");
    }
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    List<Appender<ILoggingEvent>> replaced = new ArrayList<>();
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      replaced.add(all.next());
    }
    Map<Logger, @Nullable Level> levels = new HashMap<>();
    levels.put(root, root.getLevel());
    for (String name : ALWAYS_SHOWN) {
      Logger logger = context.getLogger(name);
      levels.put(logger, logger.getLevel());
    }
    Installation installation = new Installation(context, replaced, levels, appender);
    installation.apply(root, Level.convertAnSLF4JLevel(level));
    return installation;
  }

  private void apply(Logger root, Level level) {
    root.addAppender(appender); // first, so that nothing is lost between
    replaced.forEach(root::detachAppender);
    root.setLevel(level);
    if (level.toInt() > Level.INFO_INT) {
      ALWAYS_SHOWN.forEach(name -> context.getLogger(name).setLevel(Level.INFO));
    }
    context.putObject(MARK, appender.getName());
    if (boot == null) {
      context.putObject(SPRING_BOOT, new Object());
    }
  }

  LoggerContext context() {
    return context;
  }

  synchronized void undo() {
    if (undone) {
      return;
    }
    undone = true;
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    replaced.forEach(root::addAppender);
    root.detachAppender(appender);
    levels.forEach(Logger::setLevel);
    context.removeObject(MARK);
    if (boot == null) {
      context.removeObject(SPRING_BOOT);
    }
  }
}
