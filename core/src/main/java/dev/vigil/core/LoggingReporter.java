package dev.vigil.core;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as redacted log lines. */
enum LoggingReporter implements ErrorReporter {
  INSTANCE;

  private static final Logger log = LoggerFactory.getLogger(ErrorReporter.class);

  /** Set while this thread reports, since an appender may report a failure of its own. */
  private static final ThreadLocal<Boolean> REPORTING = new ThreadLocal<>();

  @Override
  public void report(String doing, Throwable failure) {
    if (REPORTING.get() != null) {
      return;
    }
    REPORTING.set(true);
    try {
      Redactor redactor = Redactor.standard();
      log.warn("{} failed", redactor.redact(doing), redactor.redact(failure));
    } catch (RuntimeException | StackOverflowError | LinkageError brokenLogger) {
      // There is no one left to tell; what is being reported must not suffer for it.
    } finally {
      REPORTING.remove();
    }
  }
}
