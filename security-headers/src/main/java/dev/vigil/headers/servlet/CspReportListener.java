package dev.vigil.headers.servlet;

/**
 * Hears of reports that are not like one of the last thousand. Called on the thread of the request,
 * at most as often as the servlet lets reports through, several at a time; must not block. What it
 * throws goes to the servlet's {@link dev.vigil.core.ErrorReporter}.
 */
@FunctionalInterface
public interface CspReportListener {

  /** Takes note of a report. */
  void onReport(CspReport report);
}
