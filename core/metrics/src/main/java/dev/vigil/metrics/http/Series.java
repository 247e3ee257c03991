package dev.vigil.metrics.http;

import io.micrometer.core.instrument.Tags;

/** What tells one series of the meter from another; the other tags follow from it. */
record Series(String method, String uri, int status, String exception) {

  static final String NONE = "none";
  private static final String UNKNOWN = "UNKNOWN";

  /** Spring Boot's tags, all of them on each series, as Prometheus wants it. */
  Tags tags() {
    return Tags.of(
        "method", method,
        "uri", uri,
        "status", known() ? Integer.toString(status) : UNKNOWN,
        "outcome", outcome(),
        "exception", exception,
        "error", exception);
  }

  private boolean known() {
    return status >= 100 && status <= 599;
  }

  private String outcome() {
    return switch (known() ? status / 100 : 0) {
      case 1 -> "INFORMATIONAL";
      case 2 -> "SUCCESS";
      case 3 -> "REDIRECTION";
      case 4 -> "CLIENT_ERROR";
      case 5 -> "SERVER_ERROR";
      default -> UNKNOWN;
    };
  }

  /** A series of few, for when there are too many. */
  Series coarse() {
    return new Series(method, BoundedNames.OTHER, status, NONE);
  }

  static String method(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" -> method;
      default -> UNKNOWN;
    };
  }
}
