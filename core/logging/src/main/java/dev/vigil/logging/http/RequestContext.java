package dev.vigil.logging.http;

import dev.vigil.core.TrustedProxies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the log is told of a request. Immutable; entered on each thread that works on the request.
 */
final class RequestContext {

  /** Longer ones are an attack, or are cut to what tells them apart. */
  private static final int LONGEST_URI = 512;

  private final Map<String, String> entries;
  private final @Nullable TraceParent trace;

  private RequestContext(Map<String, String> entries, @Nullable TraceParent trace) {
    this.entries = entries;
    this.trace = trace;
  }

  /**
   * @param path without the query, which is where secrets are
   */
  static RequestContext of(
      TrustedProxies proxies,
      String method,
      String path,
      String peer,
      Function<String, ? extends @Nullable List<String>> headers) {
    Map<String, String> entries = new LinkedHashMap<>();
    String given = proxies.contains(peer) ? first(headers, RequestId.HEADER) : null;
    boolean accepted = given != null && RequestId.isWellFormed(given);
    entries.put("request_id", accepted && given != null ? given : RequestId.make());
    entries.put("method", method);
    entries.put("uri", path.length() > LONGEST_URI ? path.substring(0, LONGEST_URI) : path);
    entries.put("client", proxies.origin(peer, "", "", headers).address());
    return new RequestContext(entries, TraceParent.parse(first(headers, "traceparent")));
  }

  private static @Nullable String first(
      Function<String, ? extends @Nullable List<String>> headers, String name) {
    List<String> values = headers.apply(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  String requestId() {
    return String.valueOf(entries.get("request_id"));
  }

  /** Puts the request into this thread's MDC until the scope is left. */
  Scope enter() {
    Map<String, @Nullable String> before = new LinkedHashMap<>();
    entries.forEach((name, value) -> put(before, name, value));
    TraceParent ids = trace;
    // A tracer that runs knows its own span, which is not the caller's.
    if (ids != null && MDC.get("trace_id") == null && MDC.get("traceId") == null) {
      put(before, "trace_id", ids.traceId());
      if (MDC.get("span_id") == null) {
        put(before, "span_id", ids.spanId());
      }
    }
    return new Scope(before);
  }

  private static void put(Map<String, @Nullable String> before, String name, String value) {
    before.put(name, MDC.get(name));
    MDC.put(name, value);
  }

  /** What to put back on the thread that entered. */
  record Scope(Map<String, @Nullable String> before) {
    void leave() {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              MDC.remove(name);
            } else {
              MDC.put(name, value);
            }
          });
    }
  }
}
