package dev.vigil.metrics.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.util.Objects;

/**
 * Records the requests to a context of the JDK's HTTP server; {@code uri} is the context's path, or
 * the request's where that is {@code /}.
 *
 * <pre>{@code
 * server.createContext("/api", handler).getFilters().add(0, new RequestMetricsHttpFilter(metrics));
 * }</pre>
 *
 * <p>A handler that throws, or closes the exchange without an answer, is recorded as status 500:
 * the server closes the connection then. A handler that returns first and answers later is timed
 * until its answer begins; for that, the handler sees an exchange of ours. An exchange of an HTTPS
 * server is handed on as it is, since handlers ask it for the session; there such an answer is not
 * recorded.
 *
 * <p>Thread-safe.
 */
public final class RequestMetricsHttpFilter extends Filter {

  private final RequestMetrics metrics;

  /** A filter that records in these. */
  public RequestMetricsHttpFilter(RequestMetrics metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    ExchangeTiming timing = new ExchangeTiming(metrics, exchange);
    HttpExchange handedOn =
        exchange instanceof HttpsExchange ? exchange : new MeasuredExchange(exchange, timing);
    try {
      chain.doFilter(handedOn);
    } catch (IOException | RuntimeException | Error failure) {
      timing.failed(failure);
      throw failure;
    }
    timing.returned();
  }

  @Override
  public String description() {
    return "request metrics";
  }
}
