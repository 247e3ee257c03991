package dev.vigil.ratelimit.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests to a context of the JDK's HTTP server. A refused request reaches no handler,
 * and its body is not read.
 *
 * <pre>{@code
 * server.createContext("/api", handler).getFilters().add(new RateLimitHttpFilter(policy));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class RateLimitHttpFilter extends Filter {

  private final RateLimitPolicy policy;

  /** A filter that keeps to a policy. */
  public RateLimitHttpFilter(RateLimitPolicy policy) {
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    RateLimitAnswer answer = policy.decide(new ExchangeRequest(exchange));
    if (answer == null) {
      chain.doFilter(exchange);
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (answer.allowed()) {
      chain.doFilter(exchange);
      return;
    }
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush(); // closing waits for the request's body first
      }
    }
  }

  @Override
  public String description() {
    return "rate limit";
  }

  private record ExchangeRequest(HttpExchange exchange) implements ClientRequest {

    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String path() {
      String path = exchange.getRequestURI().getPath();
      return path == null ? "/" : path;
    }

    @Override
    public String peer() {
      return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    @Override
    public String scheme() {
      return exchange.getHttpContext().getServer() instanceof com.sun.net.httpserver.HttpsServer
          ? "https"
          : "http";
    }

    @Override
    public String host() {
      String host = exchange.getRequestHeaders().getFirst("Host");
      return host == null ? "" : host;
    }

    @Override
    public List<String> headers(String name) {
      List<String> values = exchange.getRequestHeaders().get(name);
      return values == null ? List.of() : values;
    }

    @Override
    public @Nullable String principal() {
      return exchange.getPrincipal() == null ? null : exchange.getPrincipal().getUsername();
    }
  }
}
