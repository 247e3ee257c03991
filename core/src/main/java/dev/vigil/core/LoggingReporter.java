package dev.vigil.core;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as redacted log lines. */
enum LoggingReporter implements ErrorReporter {
  INSTANCE;

  private static final Logger log = LoggerFactory.getLogger(ErrorReporter.class);

  @Override
  public void report(String doing, Throwable failure) {
    log.warn("{} failed", doing, Redactor.standard().redact(failure));
  }
}
