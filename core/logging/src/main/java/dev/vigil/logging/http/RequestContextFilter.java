package dev.vigil.logging.http;

import dev.vigil.core.TrustedProxies;
import dev.vigil.core.internal.NearestName;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log which request a line belongs to: puts {@code request_id}, {@code method}, {@code
 * uri} (without the query) and {@code client} into the MDC, and {@code trace_id} and {@code
 * span_id} from {@code traceparent} unless a tracer has put its own; and answers with the id in
 * {@code X-Request-Id}.
 *
 * <p>The id is the header's of that name where a trusted proxy sent it and it is well formed: at
 * most 64 letters, digits and {@code . _ -}; else a new one. The client is whom {@link
 * TrustedProxies} name.
 *
 * <p>Map it to {@code /*}, first of all filters, with asynchronous support and the dispatcher types
 * REQUEST, ASYNC and ERROR: then the same context is there again on the thread of each later
 * dispatch of the request. However a dispatch ends, its thread's MDC is as it was before. Threads
 * that the application starts by itself have no part in it. Undertow empties the answer of a
 * request that threw, and leaves it without the header unless an error page for 500 is dispatched.
 *
 * <p>Comes into being in one of three ways: built and added; by its no-argument constructor, and
 * then with the {@link TrustedProxies} that the servlet context holds under that class's name; or
 * with the init parameter {@code trustedProxies}, a list of ranges separated by commas. With none
 * of them no proxy is trusted.
 *
 * <p>Thread-safe. For jakarta.servlet 5.0 to 6.1.
 */
public final class RequestContextFilter implements Filter {

  private static final String PROXIES_PARAMETER = "trustedProxies";

  private static final String ATTRIBUTE = RequestContextFilter.class.getName() + ".context";

  private volatile @Nullable TrustedProxies proxies;

  /** For containers, which call {@link #init} next. */
  public RequestContextFilter() {}

  private RequestContextFilter(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** A filter that believes these proxies. */
  public static RequestContextFilter of(TrustedProxies proxies) {
    return new RequestContextFilter(Objects.requireNonNull(proxies, "proxies"));
  }

  /**
   * Finds the trusted proxies, unless it was built with them.
   *
   * @throws ServletException if an init parameter is unknown, or names no ranges
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!name.equals(PROXIES_PARAMETER)) {
        String near =
            NearestName.of(name, List.of(PROXIES_PARAMETER))
                .map(n -> "; did you mean " + n + "?")
                .orElse("");
        throw new ServletException(
            "RequestContextFilter has no init parameter \"" + name + "\"" + near);
      }
    }
    if (proxies != null) {
      return;
    }
    String ranges = config.getInitParameter(PROXIES_PARAMETER);
    if (ranges != null) {
      try {
        proxies = TrustedProxies.of(ranges.strip().split("\\s*,\\s*"));
      } catch (IllegalArgumentException fault) {
        throw new ServletException("init parameter trustedProxies: " + fault.getMessage(), fault);
      }
      return;
    }
    Object found = config.getServletContext().getAttribute(TrustedProxies.class.getName());
    proxies = found instanceof TrustedProxies held ? held : TrustedProxies.none();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      chain.doFilter(request, response);
      return;
    }
    RequestContext context = (RequestContext) request.getAttribute(ATTRIBUTE);
    if (context == null) {
      context = read(http);
      request.setAttribute(ATTRIBUTE, context);
    }
    if (!answer.containsHeader(RequestId.HEADER)) { // or a reset took it: Undertow's, of what threw
      answer.setHeader(RequestId.HEADER, context.requestId());
    }
    RequestContext.Scope scope = context.enter();
    try {
      chain.doFilter(request, response);
    } finally {
      scope.leave();
    }
  }

  private RequestContext read(HttpServletRequest request) {
    return RequestContext.of(
        Objects.requireNonNull(proxies, "init() was not called"),
        request.getMethod(),
        request.getRequestURI(),
        request.getRemoteAddr(),
        name -> Collections.list(request.getHeaders(name)));
  }
}
