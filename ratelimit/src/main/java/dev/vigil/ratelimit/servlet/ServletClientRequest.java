package dev.vigil.ratelimit.servlet;

import dev.vigil.ratelimit.http.ClientRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet request as a limiter sees it. */
record ServletClientRequest(HttpServletRequest request) implements ClientRequest {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    String servlet = request.getServletPath();
    String info = request.getPathInfo();
    return info == null ? servlet : servlet + info;
  }

  @Override
  public String peer() {
    return request.getRemoteAddr();
  }

  @Override
  public String scheme() {
    return request.getScheme();
  }

  @Override
  public String host() {
    String name = request.getServerName();
    return name == null ? "" : name;
  }

  @Override
  public List<String> headers(String name) {
    Enumeration<String> values = request.getHeaders(name);
    return values == null ? List.of() : Collections.list(values);
  }

  @Override
  public @Nullable String principal() {
    Principal principal = request.getUserPrincipal();
    return principal == null ? null : principal.getName();
  }
}
