package dev.vigil.logging;

/**
 * What one format calls its fields. MDC and key/values have objects of their own in each, so that
 * nothing an application names can be taken for one of these.
 *
 * @param errorMessage empty where the format has it in the stack only
 * @param fixed members that are the same on every line, as JSON
 */
record FieldNames(
    String timestamp,
    String level,
    String service,
    String environment,
    String version,
    String logger,
    String thread,
    String message,
    String traceId,
    String spanId,
    String requestId,
    String mdc,
    String fields,
    String markers,
    String errorType,
    String errorMessage,
    String stack,
    String stackHash,
    String fixed) {

  private static final FieldNames NATIVE =
      new FieldNames(
          "timestamp",
          "level",
          "service",
          "environment",
          "version",
          "logger",
          "thread",
          "message",
          "trace_id",
          "span_id",
          "request_id",
          "mdc",
          "fields",
          "markers",
          "error_type",
          "",
          "stack",
          "stack_hash",
          "");

  private static final FieldNames ECS =
      new FieldNames(
          "@timestamp",
          "log.level",
          "service.name",
          "service.environment",
          "service.version",
          "log.logger",
          "process.thread.name",
          "message",
          "trace.id",
          "span.id",
          "http.request.id",
          "labels",
          "fields",
          "tags",
          "error.type",
          "error.message",
          "error.stack_trace",
          "error.id",
          ",\"ecs.version\":\"8.11.0\"");

  private static final FieldNames LOGSTASH =
      new FieldNames(
          "@timestamp",
          "level",
          "service",
          "environment",
          "version",
          "logger_name",
          "thread_name",
          "message",
          "trace_id",
          "span_id",
          "request_id",
          "mdc",
          "fields",
          "tags",
          "error_type",
          "",
          "stack_trace",
          "stack_hash",
          ",\"@version\":\"1\"");

  private static final FieldNames DATADOG =
      new FieldNames(
          "date",
          "status",
          "service",
          "env",
          "version",
          "logger.name",
          "logger.thread_name",
          "message",
          "dd.trace_id",
          "dd.span_id",
          "http.request_id",
          "mdc",
          "fields",
          "markers",
          "error.kind",
          "error.message",
          "error.stack",
          "error.fingerprint",
          ",\"ddsource\":\"java\"");

  static FieldNames of(LogFormat format) {
    return switch (format) {
      case NATIVE -> NATIVE;
      case ECS -> ECS;
      case LOGSTASH -> LOGSTASH;
      case DATADOG -> DATADOG;
      case TEXT -> throw new IllegalArgumentException("the format TEXT has no fields");
    };
  }
}
