package dev.vigil.headers.servlet;

import dev.vigil.core.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Who asks, and by HTTPS or not, as the container or a trusted proxy has it. */
final class Transport {

  private final TrustedProxies proxies;

  Transport(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  boolean isSecure(HttpServletRequest request) {
    // Most plain requests name no scheme, and need no reading of addresses and lists.
    return request.isSecure()
        || (namesScheme(request) && origin(request).scheme().equalsIgnoreCase("https"));
  }

  TrustedProxies.Origin origin(HttpServletRequest request) {
    return proxies.origin(
        text(request.getRemoteAddr()),
        text(request.getScheme()),
        text(request.getServerName()),
        name -> Collections.list(request.getHeaders(name)));
  }

  /** Whether a trusted proxy says that the client itself asked without TLS. */
  boolean isToldPlain(HttpServletRequest request) {
    return proxies.contains(text(request.getRemoteAddr()))
        && namesScheme(request)
        && origin(request).scheme().equalsIgnoreCase("http");
  }

  private static boolean namesScheme(HttpServletRequest request) {
    return request.getHeader("X-Forwarded-Proto") != null || request.getHeader("Forwarded") != null;
  }

  /** The path within the application, decoded by the container. */
  static String path(HttpServletRequest request) {
    String servletPath = text(request.getServletPath());
    String pathInfo = text(request.getPathInfo());
    if (servletPath.isEmpty()) {
      return pathInfo;
    }
    return pathInfo.isEmpty() ? servletPath : servletPath + pathInfo;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
