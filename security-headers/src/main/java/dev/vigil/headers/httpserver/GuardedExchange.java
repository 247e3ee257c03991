package dev.vigil.headers.httpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.vigil.headers.internal.PreparedHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An exchange that writes the security headers when the answer begins. */
final class GuardedExchange extends HttpExchange {

  private static final int NOT_MODIFIED = 304;
  private static final int FIRST_ERROR = 400;

  private final HttpExchange exchange;
  private final PreparedHeaders headers;
  private final @Nullable String drawn;

  GuardedExchange(HttpExchange exchange, PreparedHeaders headers, @Nullable String drawn) {
    this.exchange = exchange;
    this.headers = headers;
    this.drawn = drawn;
  }

  String nonce() {
    if (drawn == null) {
      throw new IllegalStateException(
          "the policy of this path uses no nonce; give the path a policy with scriptSrc(src ->"
              + " src.nonce()), SecurityHeaders.strict() for example");
    }
    return headers.nonceOf(drawn);
  }

  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    Headers out = exchange.getResponseHeaders();
    for (int i = 0; i < headers.size(); i++) {
      boolean spoilt = status == NOT_MODIFIED && headers.holdsNonce(i);
      if (!spoilt && !out.containsKey(headers.name(i))) {
        boolean stored = status >= FIRST_ERROR && i == headers.storing();
        out.set(headers.name(i), stored ? "no-store" : headers.value(i, drawn));
      }
    }
    for (int i = 0; i < headers.removals(); i++) {
      out.remove(headers.removal(i));
    }
    exchange.sendResponseHeaders(status, length);
  }

  @Override
  public Headers getRequestHeaders() {
    return exchange.getRequestHeaders();
  }

  @Override
  public Headers getResponseHeaders() {
    return exchange.getResponseHeaders();
  }

  @Override
  public URI getRequestURI() {
    return exchange.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return exchange.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return exchange.getHttpContext();
  }

  @Override
  public void close() {
    exchange.close();
  }

  @Override
  public InputStream getRequestBody() {
    return exchange.getRequestBody();
  }

  @Override
  public OutputStream getResponseBody() {
    return exchange.getResponseBody();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return exchange.getRemoteAddress();
  }

  @Override
  public int getResponseCode() {
    return exchange.getResponseCode();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return exchange.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return exchange.getProtocol();
  }

  @Override
  public Object getAttribute(String name) {
    return exchange.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    exchange.setAttribute(name, value);
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    exchange.setStreams(in, out);
  }

  @Override
  public HttpPrincipal getPrincipal() {
    return exchange.getPrincipal();
  }
}
