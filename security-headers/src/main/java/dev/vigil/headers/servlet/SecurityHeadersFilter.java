package dev.vigil.headers.servlet;

import dev.vigil.core.Profile;
import dev.vigil.core.TrustedProxies;
import dev.vigil.core.internal.Quoted;
import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.internal.PolicyTable;
import dev.vigil.headers.internal.PreparedHeaders;
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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link SecurityHeaders} policy onto every answer that a filter can reach.
 *
 * <p>The headers are written before the application runs, where they are absent, and a thin wrapper
 * keeps them: through {@code reset()}, {@code sendError}, forwards, includes, asynchronous answers
 * and error pages. A header that the application sets or adds itself wins over ours. A response
 * that was committed before the filter ran is left alone and counted ({@link #committedBefore()}).
 *
 * <pre>{@code
 * SecurityHeadersFilter filter =
 *     SecurityHeadersFilter.builder(SecurityHeaders.strict())
 *         .path("/api/*", SecurityHeaders.api())
 *         .trustedProxies(TrustedProxies.of("10.0.0.0/8"))
 *         .build();
 * filter.addTo(servletContext);
 * }</pre>
 *
 * <p>Three ways to register: as above; built and stored as an attribute of the ServletContext under
 * this class's name, with this class in web.xml; or by web.xml alone, with the init-params {@code
 * preset} (api, strict, spa), {@code csp}, {@code csp-report-only}, {@code reporting}, {@code
 * cache-control}, {@code profile} and {@code trusted-proxies}. Where nothing is configured it is
 * {@link SecurityHeaders#api()}, and a line in the log says so. In web.xml map it to the
 * dispatchers REQUEST, FORWARD, ERROR and ASYNC, and set async-supported.
 *
 * <p>Out of a filter's reach: what a connector refuses by itself (a malformed request), what Tomcat
 * answers where no servlet matches and no default servlet is there, and headers that the server
 * adds itself.
 *
 * <p>Thread-safe.
 */
public final class SecurityHeadersFilter implements Filter {

  /** Policies handed to {@link #use} are laid out once each; more than this many, each time. */
  private static final int MOST_REMEMBERED = 256;

  private final LongAdder committedBefore = new LongAdder();
  private final Map<SecurityHeaders, Rule> secureRules = new ConcurrentHashMap<>();
  private final Map<SecurityHeaders, Rule> plainRules = new ConcurrentHashMap<>();
  private volatile @Nullable PolicyTable<Rule> policies;
  private volatile Transport transport = new Transport(TrustedProxies.none());
  private volatile Profile profile = Profile.PRODUCTION;
  private volatile @Nullable SecurityHeadersFilter found;

  /** For containers; see the class comment for how it is configured then. */
  public SecurityHeadersFilter() {}

  private SecurityHeadersFilter(Builder builder) {
    profile = builder.profile;
    transport = new Transport(builder.proxies);
    update(builder.everywhere, builder.byPath);
  }

  /** Starts a filter with the policy of all paths that {@link Builder#path} does not name. */
  public static Builder builder(SecurityHeaders everywhere) {
    return new Builder(everywhere);
  }

  /**
   * Adds the filter to an application that is starting: first in the chain, for all paths and
   * dispatchers, with support for asynchronous answers.
   *
   * @throws IllegalStateException if the application has started, or has such a filter already
   */
  public FilterRegistration.Dynamic addTo(ServletContext context) {
    return Registrations.add(
        context,
        this,
        EnumSet.of(
            DispatcherType.REQUEST,
            DispatcherType.FORWARD,
            DispatcherType.ERROR,
            DispatcherType.ASYNC));
  }

  /**
   * Replaces all policies, for requests that begin from now on. One volatile write; the profile
   * stays.
   *
   * @param everywhere for paths that no pattern matches
   * @param byPath by pattern, as {@link dev.vigil.core.PathPattern} reads it
   * @throws IllegalArgumentException if patterns are wrong or mean the same; the old policies stay
   */
  public void update(SecurityHeaders everywhere, Map<String, SecurityHeaders> byPath) {
    Map<String, SecurityHeaders> adjusted = new LinkedHashMap<>();
    byPath.forEach((pattern, policy) -> adjusted.put(pattern, policy.forProfile(profile)));
    policies = new PolicyTable<>(everywhere.forProfile(profile), adjusted, Rule::new);
  }

  /**
   * Gives this answer another policy, before its body begins. A header that the application has set
   * stays as it is.
   *
   * @param request the request, as it came to the application
   * @param response its response; may be wrapped
   * @param policy laid out once and remembered; make it a constant
   * @throws IllegalStateException if the response is committed, or did not pass this filter
   */
  public void use(
      HttpServletRequest request, HttpServletResponse response, SecurityHeaders policy) {
    HeaderGuard guard = HeaderGuard.around(response);
    if (guard == null) {
      throw new IllegalStateException(
          "this response did not pass SecurityHeadersFilter; map the filter to /*");
    }
    if (response.isCommitted()) {
      throw new IllegalStateException(
          "the response is committed; call use(..) before its body begins");
    }
    Rule rule = rule(policy, transport.isSecure(request));
    CspNonce earlier = CspNonce.of(request);
    CspNonce next = earlier.drawn == null ? rule.start() : rule.goOn(earlier.value());
    request.setAttribute(CspNonce.ATTRIBUTE, next);
    guard.use(next);
  }

  private Rule rule(SecurityHeaders policy, boolean secure) {
    Map<SecurityHeaders, Rule> rules = secure ? secureRules : plainRules;
    Rule known = rules.get(policy);
    if (known != null) {
      return known;
    }
    Rule rule = new Rule(new PreparedHeaders(policy.forProfile(profile), secure));
    if (rules.size() < MOST_REMEMBERED) {
      rules.put(policy, rule);
    }
    return rule;
  }

  /** How many responses were committed before the filter ran, and so went out without headers. */
  public long committedBefore() {
    return committedBefore.sum();
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    InitParameters parameters = InitParameters.of(config, PolicyParameters.NAMES);
    if (policies == null) {
      if (config.getServletContext().getAttribute(SecurityHeadersFilter.class.getName())
          instanceof SecurityHeadersFilter built) {
        found = built;
        built.logAudit();
        return;
      }
      configure(parameters);
    }
    logAudit();
  }

  private void configure(InitParameters parameters) throws ServletException {
    try {
      profile = parameters.text("profile").map(Profile::of).orElse(Profile.PRODUCTION);
      transport = new Transport(TrustedProxies.of(parameters.list("trusted-proxies")));
      update(PolicyParameters.read(parameters), Map.of());
    } catch (IllegalArgumentException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }

  /** A policy that was made weaker for development is not to be scolded for it. */
  private void logAudit() {
    if (profile.strictSecurity()) {
      configured().logAudit();
    }
  }

  private PolicyTable<Rule> configured() {
    PolicyTable<Rule> table = policies;
    if (table == null) {
      throw new IllegalStateException("the filter has not been initialised");
    }
    return table;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SecurityHeadersFilter other = found;
    if (other != null) {
      other.doFilter(request, response, chain);
    } else if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer
        && request.getDispatcherType() != DispatcherType.INCLUDE) {
      filter(http, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CspNonce applied =
        request.getAttribute(CspNonce.ATTRIBUTE) instanceof CspNonce earlier ? earlier : null;
    if (response.isCommitted()) {
      if (applied == null) {
        committedBefore.increment();
        request.setAttribute(CspNonce.ATTRIBUTE, rule(request).tooLate());
      }
      chain.doFilter(request, response);
      return;
    }
    if (applied == null) {
      applied = rule(request).start();
      request.setAttribute(CspNonce.ATTRIBUTE, applied);
    }
    HeaderGuard guard = new HeaderGuard(response, applied);
    try {
      chain.doFilter(request, guard);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      guard.failed(request);
      throw e;
    }
  }

  private Rule rule(HttpServletRequest request) {
    PolicyTable<Rule> table = configured();
    String path = table.isSingle() ? "/" : Transport.path(request);
    return table.find(path, transport.isSecure(request));
  }

  /** Builds a filter. Not thread-safe. */
  public static final class Builder {

    private final SecurityHeaders everywhere;
    private final Map<String, SecurityHeaders> byPath = new LinkedHashMap<>();
    private Profile profile = Profile.PRODUCTION;
    private TrustedProxies proxies = TrustedProxies.none();

    private Builder(SecurityHeaders everywhere) {
      this.everywhere = Objects.requireNonNull(everywhere, "everywhere");
    }

    /**
     * Another policy for these paths; the most specific pattern wins.
     *
     * @param pattern in the servlet specification's syntax: {@code /api/*}, {@code *.css}, {@code
     *     /login}
     * @throws IllegalArgumentException if the pattern has a policy already
     */
    public Builder path(String pattern, SecurityHeaders policy) {
      Objects.requireNonNull(policy, "policy");
      if (byPath.putIfAbsent(pattern, policy) != null) {
        throw new IllegalArgumentException(
            "path pattern " + Quoted.of(pattern) + " has a policy already; give each pattern one");
      }
      return this;
    }

    /** The profile that policies are adjusted to; production by default. */
    public Builder profile(Profile profile) {
      this.profile = Objects.requireNonNull(profile, "profile");
      return this;
    }

    /** Who may say by a header that a request came by HTTPS; no one by default. */
    public Builder trustedProxies(TrustedProxies proxies) {
      this.proxies = Objects.requireNonNull(proxies, "proxies");
      return this;
    }

    /**
     * Builds the filter.
     *
     * @throws IllegalArgumentException if patterns are wrong or mean the same
     */
    public SecurityHeadersFilter build() {
      return new SecurityHeadersFilter(this);
    }
  }
}
