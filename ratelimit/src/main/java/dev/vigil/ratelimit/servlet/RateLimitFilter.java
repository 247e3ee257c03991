package dev.vigil.ratelimit.servlet;

import dev.vigil.core.TrustedProxies;
import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.http.ClientKey;
import dev.vigil.ratelimit.http.RateLimitAnswer;
import dev.vigil.ratelimit.http.RateLimitPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests of a web application. A refused request reaches neither the rest of the chain
 * nor a servlet, and its body is not read. Forwards, includes, errors and asynchronous dispatches
 * of a request are not counted again.
 *
 * <p>Registered in one of three ways: made with a {@link RateLimitPolicy} and added; by its class
 * name, with a policy as the servlet context's attribute {@value #ATTRIBUTE}; by its class name
 * with init parameters {@code permits} (1000 if unset), {@code window} (ISO-8601, {@code PT1M} if
 * unset), {@code trustedProxies} (comma-separated CIDRs, none if unset) and {@code name} ({@code
 * api}), which then count in this JVM by client address.
 *
 * <p>Thread-safe.
 */
public final class RateLimitFilter implements Filter {

  /** The servlet context's attribute that holds a {@link RateLimitPolicy}. */
  public static final String ATTRIBUTE = "dev.vigil.ratelimit.http.RateLimitPolicy";

  private static final List<String> PARAMETERS =
      List.of("permits", "window", "trustedProxies", "name");

  private volatile @Nullable RateLimitPolicy policy;

  /** For containers: takes its policy from the context or from init parameters. */
  public RateLimitFilter() {}

  /** A filter that keeps to a policy. */
  public RateLimitFilter(RateLimitPolicy policy) {
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (policy != null) {
      return;
    }
    Object attribute = config.getServletContext().getAttribute(ATTRIBUTE);
    try {
      policy = attribute instanceof RateLimitPolicy given ? given : fromParameters(config);
    } catch (RuntimeException wrong) {
      throw new ServletException(
          "filter " + config.getFilterName() + ": " + wrong.getMessage(), wrong);
    }
  }

  private static RateLimitPolicy fromParameters(FilterConfig config) {
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
    RateLimit limit =
        RateLimit.of(
            Integer.parseInt(parameter(config, "permits", "1000")),
            Duration.parse(parameter(config, "window", "PT1M")));
    String proxies = parameter(config, "trustedProxies", "");
    TrustedProxies trusted =
        proxies.isBlank() ? TrustedProxies.none() : TrustedProxies.of(proxies.split(",", -1));
    return RateLimitPolicy.builder(ClientKey.address(trusted))
        .limit("/*", LocalRateLimiter.of(parameter(config, "name", "api"), limit))
        .build();
  }

  private static String parameter(FilterConfig config, String name, String absent) {
    String value = config.getInitParameter(name);
    return value == null ? absent : value.strip();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RateLimitPolicy held = policy;
    if (held == null) {
      throw new IllegalStateException("the filter was not initialised by its container");
    }
    if (request.getDispatcherType() != DispatcherType.REQUEST
        || !(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answered)) {
      chain.doFilter(request, response);
      return;
    }
    RateLimitAnswer answer = held.decide(new ServletClientRequest(http));
    if (answer == null) {
      chain.doFilter(request, response);
      return;
    }
    answer.headers().forEach(answered::setHeader);
    if (answer.allowed()) {
      chain.doFilter(request, response);
      return;
    }
    byte[] body = answer.body();
    answered.setStatus(answer.status());
    answered.setContentLength(body.length);
    if (!http.getMethod().equals("HEAD")) {
      answered.getOutputStream().write(body);
    }
  }
}
