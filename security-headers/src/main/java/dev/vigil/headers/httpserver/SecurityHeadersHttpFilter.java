package dev.vigil.headers.httpserver;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.vigil.core.TrustedProxies;
import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.internal.PolicyTable;
import dev.vigil.headers.internal.PreparedHeaders;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes a {@link SecurityHeaders} policy onto every answer of a context of the JDK's HttpServer.
 *
 * <p>All answers of that server go through {@link HttpExchange#sendResponseHeaders}; the headers
 * are written there, where the handler has set none of the same name. A nonce's policy is left off
 * a 304, and errors are not stored.
 *
 * <pre>{@code
 * HttpContext context = server.createContext("/", handler);
 * context.getFilters().add(0, SecurityHeadersHttpFilter.of(SecurityHeaders.api()));
 * }</pre>
 *
 * <p>The handler sees an exchange of its own, which is no {@link HttpsExchange}. Thread-safe.
 */
public final class SecurityHeadersHttpFilter extends Filter {

  private final TrustedProxies proxies;
  private volatile PolicyTable<PreparedHeaders> policies;

  private SecurityHeadersHttpFilter(
      SecurityHeaders everywhere, Map<String, SecurityHeaders> byPath, TrustedProxies proxies) {
    this.proxies = proxies;
    policies = table(everywhere, byPath);
  }

  private static PolicyTable<PreparedHeaders> table(
      SecurityHeaders everywhere, Map<String, SecurityHeaders> byPath) {
    return new PolicyTable<>(everywhere, byPath, Function.identity());
  }

  /** One policy for every path, trusting no proxy. */
  public static SecurityHeadersHttpFilter of(SecurityHeaders everywhere) {
    return of(everywhere, Map.of(), TrustedProxies.none());
  }

  /**
   * A policy for each path.
   *
   * @param everywhere for paths that no pattern matches
   * @param byPath by pattern, as {@link dev.vigil.core.PathPattern} reads it
   * @param proxies who may say by a header that a request came by HTTPS
   * @throws IllegalArgumentException if patterns are wrong or mean the same
   */
  public static SecurityHeadersHttpFilter of(
      SecurityHeaders everywhere, Map<String, SecurityHeaders> byPath, TrustedProxies proxies) {
    return new SecurityHeadersHttpFilter(everywhere, byPath, proxies);
  }

  /**
   * Replaces all policies, for requests that begin from now on. One volatile write.
   *
   * @throws IllegalArgumentException if patterns are wrong or mean the same; the old policies stay
   */
  public void update(SecurityHeaders everywhere, Map<String, SecurityHeaders> byPath) {
    policies = table(everywhere, byPath);
  }

  /**
   * The nonce of a request.
   *
   * @throws IllegalStateException if its path's policy uses none, or it did not pass this filter
   */
  public static String nonce(HttpExchange exchange) {
    if (exchange instanceof GuardedExchange guarded) {
      return guarded.nonce();
    }
    throw new IllegalStateException(
        "this exchange did not pass SecurityHeadersHttpFilter, or another filter has wrapped it"
            + " since; add the filter to the context, last");
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    PreparedHeaders headers = policies.find(exchange.getRequestURI().getPath(), isSecure(exchange));
    chain.doFilter(new GuardedExchange(exchange, headers, headers.draw()));
  }

  private boolean isSecure(HttpExchange exchange) {
    if (exchange instanceof HttpsExchange) {
      return true;
    }
    InetSocketAddress peer = exchange.getRemoteAddress();
    String address = peer.getAddress() == null ? "" : peer.getAddress().getHostAddress();
    return proxies
        .origin(address, "http", "", name -> exchange.getRequestHeaders().get(name))
        .scheme()
        .equalsIgnoreCase("https");
  }

  @Override
  public String description() {
    return "writes security headers";
  }
}
