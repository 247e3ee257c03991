package dev.vigil.health.http;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange of the JDK's server as a request. */
record ExchangeRequest(HttpExchange exchange) implements HealthRequest {

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    String mount = exchange.getHttpContext().getPath();
    String path = exchange.getRequestURI().getPath();
    return path.substring(mount.endsWith("/") ? mount.length() - 1 : mount.length());
  }

  @Override
  public @Nullable String query() {
    return exchange.getRequestURI().getRawQuery();
  }

  @Override
  public @Nullable String header(String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    return values.size() == 1 ? values.get(0) : String.join(", ", values);
  }

  @Override
  public String peer() {
    InetAddress address = exchange.getRemoteAddress().getAddress();
    return address == null ? "" : address.getHostAddress();
  }
}
