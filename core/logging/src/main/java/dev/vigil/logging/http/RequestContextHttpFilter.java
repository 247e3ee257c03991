package dev.vigil.logging.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.vigil.core.TrustedProxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link RequestContextFilter} for the JDK's HTTP server.
 *
 * <pre>{@code
 * server.createContext("/", handler).getFilters().add(RequestContextHttpFilter.of(proxies));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class RequestContextHttpFilter extends Filter {

  private final TrustedProxies proxies;

  private RequestContextHttpFilter(TrustedProxies proxies) {
    this.proxies = Objects.requireNonNull(proxies, "proxies");
  }

  /** A filter that believes these proxies. */
  public static RequestContextHttpFilter of(TrustedProxies proxies) {
    return new RequestContextHttpFilter(proxies);
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    RequestContext context =
        RequestContext.of(
            proxies,
            exchange.getRequestMethod(),
            String.valueOf(exchange.getRequestURI().getRawPath()),
            address(exchange.getRemoteAddress()),
            exchange.getRequestHeaders()::get);
    exchange.getResponseHeaders().set(RequestId.HEADER, context.requestId());
    RequestContext.Scope scope = context.enter();
    try {
      chain.doFilter(exchange);
    } finally {
      scope.leave();
    }
  }

  private static String address(@Nullable InetSocketAddress peer) {
    return peer == null || peer.getAddress() == null ? "" : peer.getAddress().getHostAddress();
  }

  @Override
  public String description() {
    return "tells the log which request a line belongs to";
  }
}
