package dev.vigil.health.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.vigil.health.HealthRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link HealthEndpoint} on the JDK's HTTP server; mounted where its context is.
 *
 * <pre>{@code
 * server.createContext("/health", HealthHttpHandler.of(registry));
 * }</pre>
 *
 * <p>Request bodies are ignored. Closes every exchange, and throws nothing. Thread-safe.
 */
public final class HealthHttpHandler implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(HealthHttpHandler.class);

  private final HealthEndpoint endpoint;

  private HealthHttpHandler(HealthEndpoint endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
  }

  /** Serves {@link HealthEndpoint#of}. */
  public static HealthHttpHandler of(HealthRegistry registry) {
    return of(HealthEndpoint.of(registry));
  }

  /** Serves an endpoint. */
  public static HealthHttpHandler of(HealthEndpoint endpoint) {
    return new HealthHttpHandler(endpoint);
  }

  HealthEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public void handle(HttpExchange exchange) {
    send(exchange, endpoint.handle(new ExchangeRequest(exchange)));
  }

  /** Answers and closes the exchange. */
  static void send(HttpExchange exchange, HealthResponse response) {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      response.headers().forEach(headers::set);
      exchange.sendResponseHeaders(
          response.status(), response.hasBody() ? response.contentLength() : -1);
      if (response.hasBody()) {
        try (OutputStream out = exchange.getResponseBody()) {
          response.writeTo(out);
        }
      }
    } catch (IOException clientLeft) {
      log.debug("a client left before it had its answer: {}", clientLeft.getClass().getName());
    }
  }
}
