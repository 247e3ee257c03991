package dev.vigil.sentry.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.vigil.sentry.SentryReporter;
import io.sentry.SentryOptions;
import io.sentry.logback.SentryAppender;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Sends ERROR lines of the log to Sentry, and keeps lines from INFO on as the breadcrumbs that lead
 * there. Scrubbed as all that a {@link SentryReporter} sends.
 *
 * <p>Attach it after {@code StructuredLogging} was installed, which takes the place of appenders
 * that are there. Thread-safe.
 */
public final class SentryLogback implements AutoCloseable {

  /** Says to the appender that the SDK is started elsewhere. */
  private static final String STARTED_ELSEWHERE = "VIGIL_IS_UNDEFINED";

  private final Logger root;
  private final SentryAppender appender;

  private SentryLogback(Logger root, SentryAppender appender) {
    this.root = root;
    this.appender = appender;
  }

  /**
   * Adds Sentry's appender to Logback's root logger; without effect on what is sent where the
   * reporter is off.
   *
   * @throws IllegalStateException if SLF4J is not bound to Logback, or the application started the
   *     SDK by itself, which then would send what it is given as it is
   */
  public static SentryLogback attach(SentryReporter reporter) {
    ILoggerFactory bound = LoggerFactory.getILoggerFactory();
    if (!(bound instanceof LoggerContext context)) {
      throw new IllegalStateException(
          "log events go to Sentry through Logback but SLF4J is bound to "
              + bound.getClass().getName());
    }
    if (reporter.isOn() && !reporter.scrubsAll()) {
      throw new IllegalStateException(
          "the application started Sentry's SDK, so log events would go there unscrubbed; let"
              + " SentryReporter start it, or add Sentry's appender and scrub by its beforeSend");
    }
    SentryOptions options = new SentryOptions();
    options.setDsn(STARTED_ELSEWHERE);
    SentryAppender appender = new SentryAppender();
    appender.setOptions(options);
    appender.setContext(context);
    appender.setName("VIGIL_SENTRY");
    appender.setMinimumEventLevel(Level.ERROR);
    appender.setMinimumBreadcrumbLevel(Level.INFO);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    if (reporter.isOn()) {
      appender.start();
      root.addAppender(appender);
    }
    return new SentryLogback(root, appender);
  }

  /** Takes the appender away. Idempotent. */
  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
