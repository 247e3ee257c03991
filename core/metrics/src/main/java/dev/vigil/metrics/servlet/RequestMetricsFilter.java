package dev.vigil.metrics.servlet;

import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import dev.vigil.metrics.http.RequestMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records the requests of a web application in {@link RequestMetrics}, each once: forwards,
 * includes, error pages and asynchronous dispatches belong to the request that they came from.
 *
 * <p>{@code uri} is what the function given says, else Spring MVC's pattern, else the pattern that
 * the servlet is mapped by, unless that is {@code /}, {@code /*} or an extension; else see {@link
 * RequestMetrics}. Asynchronous work is timed to its end; one that runs out of time has exception
 * {@code TimeoutException}. An exception that the application lets through is recorded with status
 * 500 (503 or 404 for {@code UnavailableException}): what an error page makes of it afterwards is
 * not seen. Where Spring's observation filter takes part, this one records nothing.
 *
 * <p>Registered in one of three ways: made with {@link RequestMetrics} and added by {@link #addTo};
 * by its class name, with {@code RequestMetrics} as the servlet context's attribute {@value
 * #ATTRIBUTE}; by its class name alone, which takes the registry that is the context's attribute
 * {@value #REGISTRY_ATTRIBUTE} or Micrometer's global one, with init parameters {@code max-uris}
 * (100 if unset) and {@code histogram} ({@code true} or {@code false}, which it is if unset). In
 * web.xml put it first, map it to the dispatchers REQUEST and ASYNC, and set async-supported.
 *
 * <p>What a container answers before its filters is out of reach. Thread-safe.
 */
public final class RequestMetricsFilter implements Filter {

  /** The servlet context's attribute that holds {@link RequestMetrics}. */
  public static final String ATTRIBUTE = "dev.vigil.metrics.http.RequestMetrics";

  /** The servlet context's attribute that holds a {@link MeterRegistry}. */
  public static final String REGISTRY_ATTRIBUTE = "io.micrometer.core.instrument.MeterRegistry";

  private static final List<String> PARAMETERS = List.of("max-uris", "histogram");

  private final Template templates;
  private volatile @Nullable RequestMetrics metrics;

  /** For containers; see the class comment for what it records in then. */
  public RequestMetricsFilter() {
    templates = new Template(request -> null);
  }

  /** A filter that records in these. */
  public RequestMetricsFilter(RequestMetrics metrics) {
    this(metrics, request -> null);
  }

  /**
   * A filter that records in these.
   *
   * @param template the path's template, for example {@code /orders/{id}}, or null where it is not
   *     known; asked after the request was handled. What it throws is taken for null, and told of
   *     once. Never make it of what a client sent: its values are bounded to 1000 only
   */
  public RequestMetricsFilter(
      RequestMetrics metrics, Function<HttpServletRequest, @Nullable String> template) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.templates = new Template(Objects.requireNonNull(template, "template"));
  }

  /**
   * Adds the filter to an application that is starting: before those of web.xml, for all paths,
   * with support for asynchronous answers.
   *
   * @throws IllegalStateException if the application has started, or has such a filter already
   */
  public FilterRegistration.Dynamic addTo(ServletContext context) {
    String name = RequestMetricsFilter.class.getName();
    FilterRegistration.Dynamic registration = context.addFilter(name, this);
    if (registration == null) {
      throw new IllegalStateException(
          "a filter named " + name + " is registered already; register it once");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    return registration;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (metrics != null) {
      return;
    }
    ServletContext context = config.getServletContext();
    try {
      metrics =
          context.getAttribute(ATTRIBUTE) instanceof RequestMetrics given
              ? given
              : fromParameters(config, context);
    } catch (IllegalArgumentException wrong) {
      throw new ServletException(
          "filter " + config.getFilterName() + ": " + wrong.getMessage(), wrong);
    }
  }

  private static RequestMetrics fromParameters(FilterConfig config, ServletContext context) {
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(
            "unknown init-param "
                + Quoted.of(name)
                + NearestName.of(name, PARAMETERS)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; there are " + String.join(", ", PARAMETERS)));
      }
    }
    MeterRegistry registry =
        context.getAttribute(REGISTRY_ATTRIBUTE) instanceof MeterRegistry given
            ? given
            : Metrics.globalRegistry;
    RequestMetrics.Builder builder = RequestMetrics.builder(registry);
    String maxUris = config.getInitParameter("max-uris");
    if (maxUris != null) {
      builder.maxUris(number(maxUris.strip()));
    }
    if (flag(config.getInitParameter("histogram"))) {
      builder.histogram();
    }
    return builder.build();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException(
          "init-param max-uris must be a whole number but was " + Quoted.of(text), notOne);
    }
  }

  private static boolean flag(@Nullable String text) {
    String given = text == null ? "false" : text.strip();
    if (!given.equals("true") && !given.equals("false")) {
      throw new IllegalArgumentException(
          "init-param histogram must be true or false but was " + Quoted.of(given));
    }
    return given.equals("true");
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(RequestTiming.ATTRIBUTE) instanceof RequestTiming begun) {
      goOn(begun, request, response, chain);
    } else if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      begin(http, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestMetrics held = metrics;
    if (held == null) {
      throw new IllegalStateException("the filter was not initialised by its container");
    }
    RequestTiming timing = new RequestTiming(held, templates, request, response);
    request.setAttribute(RequestTiming.ATTRIBUTE, timing);
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException | Error failure) {
      timing.failed(failure);
      timing.look();
      timing.record();
      throw failure;
    }
    timing.look();
    if (!timing.awaitsAsync()) {
      timing.record();
    }
  }

  /**
   * What an asynchronous dispatch throws is the request's; a forward's may be caught in between.
   */
  private static void goOn(
      RequestTiming begun, ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException | Error failure) {
      if (request.getDispatcherType() == DispatcherType.ASYNC) {
        begun.failed(failure);
      }
      throw failure;
    }
  }
}
