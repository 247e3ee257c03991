package dev.vigil.metrics.http;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/** One exchange, recorded once: by whoever comes first, the filter or the answer. Thread-safe. */
final class ExchangeTiming {

  private static final int NOT_ANSWERED = -1;

  /** What a client has to take a closed connection for. */
  private static final int SERVER_ERROR = 500;

  private final RequestMetrics metrics;
  private final HttpExchange exchange;
  private final long start;
  private boolean returned; // guarded by this
  private boolean closed; // guarded by this
  private boolean recorded; // guarded by this

  ExchangeTiming(RequestMetrics metrics, HttpExchange exchange) {
    this.metrics = metrics;
    this.exchange = exchange;
    start = metrics.tick();
  }

  /** The handler has returned; where it has not answered, it will on another thread. */
  synchronized void returned() {
    returned = true;
    answered();
  }

  synchronized void failed(Throwable failure) {
    record(failure);
  }

  /** The answer has begun: the end of one that a handler left for later, as far as can be told. */
  synchronized void answered() {
    if (returned && (closed || exchange.getResponseCode() != NOT_ANSWERED)) {
      record(null);
    }
  }

  synchronized void closed() {
    closed = true;
    answered();
  }

  private void record(@Nullable Throwable failure) {
    if (recorded) {
      return;
    }
    recorded = true;
    int status = exchange.getResponseCode();
    String context = exchange.getHttpContext().getPath();
    String path = exchange.getRequestURI().getPath();
    metrics.record(
        new ServedRequest(
            exchange.getRequestMethod(),
            context.equals("/") ? null : context,
            path == null ? "/" : path,
            status == NOT_ANSWERED ? SERVER_ERROR : status,
            failure,
            false),
        start);
  }
}
