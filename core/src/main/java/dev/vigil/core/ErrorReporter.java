package dev.vigil.core;

/**
 * Where failures go that have no caller to be thrown at: a listener that throws, a notifier that
 * cannot deliver, a publisher that is refused.
 *
 * <p>Called on background threads, possibly concurrently; must not block for long and should not
 * throw (what it throws is logged once and dropped). The default writes one redacted WARN line to
 * the log; {@code vigil-sentry} brings one that reports to Sentry.
 */
@FunctionalInterface
public interface ErrorReporter {

  /**
   * Takes note of a failure.
   *
   * @param doing what was being done, for people, for example {@code "calling a health listener"};
   *     holds no secret
   * @param failure what was thrown; may hold secrets, so a reporter redacts it before it leaves the
   *     process
   */
  void report(String doing, Throwable failure);

  /**
   * Writes each failure as one WARN line with a redacted stack trace, logger {@code
   * dev.vigil.core.ErrorReporter}.
   */
  static ErrorReporter logging() {
    return LoggingReporter.INSTANCE;
  }
}
