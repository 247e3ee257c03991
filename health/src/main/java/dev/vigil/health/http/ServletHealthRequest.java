package dev.vigil.health.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** A servlet request as a request. */
record ServletHealthRequest(HttpServletRequest servlet) implements HealthRequest {

  @Override
  public String method() {
    return servlet.getMethod();
  }

  @Override
  public String path() {
    String path = servlet.getPathInfo();
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String query() {
    return servlet.getQueryString();
  }

  @Override
  public @Nullable String header(String name) {
    Enumeration<String> values = servlet.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return null;
    }
    String first = values.nextElement();
    return values.hasMoreElements()
        ? first + ", " + String.join(", ", Collections.list(values))
        : first;
  }

  @Override
  public String peer() {
    return servlet.getRemoteAddr();
  }
}
