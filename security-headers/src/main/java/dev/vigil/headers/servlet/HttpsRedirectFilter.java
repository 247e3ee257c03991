package dev.vigil.headers.servlet;

import dev.vigil.core.PathPattern;
import dev.vigil.core.Profile;
import dev.vigil.core.TrustedProxies;
import dev.vigil.core.internal.Require;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends plain requests to HTTPS, for good and with their method (308, RFC 9110, 15.4.9).
 *
 * <p>A request is secure where its connection is, or where a trusted proxy says so; the word of
 * anyone else does not count. It goes to a host that was named before: the one host, or the one it
 * asked for if that is on the list; any other is answered 400. {@code
 * /.well-known/acme-challenge/*} (RFC 8555, 8.3) and the paths of {@link Builder#except} are left
 * alone.
 *
 * <p>Where a proxy ends TLS and does not say so, every answer would be a redirect to itself. A
 * cookie of ten seconds shows that a browser has just been sent from the same address; the second
 * time it is answered 400 and told why, and the log says it once.
 *
 * <pre>{@code
 * HttpsRedirectFilter.to("www.example.com")
 *     .trustedProxies(TrustedProxies.of("10.0.0.0/8").onlyXForwarded())
 *     .except("/health/*")
 *     .build()
 *     .addTo(servletContext);
 * }</pre>
 *
 * <p>Or stored as an attribute of the ServletContext under this class's name with this class in
 * web.xml; or by web.xml alone with the init-params {@code host} or {@code allowed-hosts}, {@code
 * port}, {@code except}, {@code status} (308, 301), {@code profile}, {@code trusted-proxies}. Goes
 * before {@link SecurityHeadersFilter}. Does nothing under {@link Profile#DEVELOPMENT}.
 *
 * <p>Thread-safe.
 */
public final class HttpsRedirectFilter implements Filter {

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  private static final int PERMANENT_REDIRECT = 308;
  private static final int MOVED_PERMANENTLY = 301;

  private final AtomicBoolean saidLoop = new AtomicBoolean();
  private volatile @Nullable Settings settings;
  private volatile @Nullable HttpsRedirectFilter found;

  private record Settings(
      RedirectTarget target,
      PathPattern.Table<Boolean> exempt,
      int status,
      Transport transport,
      boolean on) {}

  /** For containers; see the class comment for how it is configured then. */
  public HttpsRedirectFilter() {}

  private HttpsRedirectFilter(Settings settings) {
    this.settings = settings;
  }

  /** Starts a filter that sends every plain request to this host, without scheme and port. */
  public static Builder to(String host) {
    return new Builder(List.of(host), true);
  }

  /** Starts a filter that sends a plain request to the host it asked for, if it is one of these. */
  public static Builder toSameHostOf(String... hosts) {
    return new Builder(List.of(hosts), false);
  }

  /**
   * Adds the filter to an application that is starting, for all paths. Call it before {@link
   * SecurityHeadersFilter#addTo}.
   *
   * @throws IllegalStateException if the application has started, or has such a filter already
   */
  public FilterRegistration.Dynamic addTo(ServletContext context) {
    return Registrations.add(context, this, EnumSet.of(DispatcherType.REQUEST));
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    InitParameters parameters =
        InitParameters.of(
            config,
            "host",
            "allowed-hosts",
            "port",
            "except",
            "status",
            "profile",
            "trusted-proxies");
    if (settings != null) {
      return;
    }
    if (config.getServletContext().getAttribute(HttpsRedirectFilter.class.getName())
        instanceof HttpsRedirectFilter built) {
      found = built;
      return;
    }
    try {
      String host = parameters.text("host").orElse("");
      Builder builder = host.isEmpty() ? toSameHostOf(parameters.list("allowed-hosts")) : to(host);
      int status = parameters.number("status").orElse(PERMANENT_REDIRECT);
      if (status == MOVED_PERMANENTLY) {
        builder.movedPermanently();
      } else if (status != PERMANENT_REDIRECT) {
        throw new IllegalArgumentException("status must be 308 or 301 but was " + status);
      }
      settings =
          builder
              .port(parameters.number("port").orElse(443))
              .except(parameters.list("except"))
              .profile(parameters.text("profile").map(Profile::of).orElse(Profile.PRODUCTION))
              .trustedProxies(TrustedProxies.of(parameters.list("trusted-proxies")))
              .settings();
    } catch (IllegalArgumentException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpsRedirectFilter other = found;
    Settings now = settings;
    if (other != null) {
      other.doFilter(request, response, chain);
    } else if (now != null
        && now.on()
        && request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      filter(http, answer, chain, now);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void filter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Settings now)
      throws IOException, ServletException {
    if (response.isCommitted() || now.exempt().find(Transport.path(request)) != null) {
      chain.doFilter(request, response);
      return;
    }
    if (now.transport().isSecure(request)) {
      LoopCookie.arrived(request, response);
      chain.doFilter(request, response);
    } else if (LoopCookie.isBack(request)) {
      refuseLoop(request, response);
    } else {
      redirect(request, response, now);
    }
  }

  private static void redirect(
      HttpServletRequest request, HttpServletResponse response, Settings now) throws IOException {
    String location =
        now.target()
            .location(
                now.transport().origin(request).host(),
                request.getRequestURI(),
                request.getQueryString());
    if (location == null) {
      refuse(response, "This host is not served here, or the address is too long.");
      return;
    }
    boolean reading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (!now.transport().isToldPlain(request)) {
      LoopCookie.sent(request, response);
    }
    response.setStatus(reading ? now.status() : PERMANENT_REDIRECT);
    response.setHeader("Location", location);
    response.setContentLength(0);
  }

  private void refuseLoop(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (saidLoop.compareAndSet(false, true)) {
      log.warn(
          "HTTPS redirect: requests come back plain from where they were sent, so a proxy in front"
              + " ends TLS without saying so; add it to the trusted proxies and have it send"
              + " X-Forwarded-Proto");
    }
    LoopCookie.arrived(request, response);
    refuse(
        response,
        "This request was sent to https and came back as http: the proxy in front ends TLS without"
            + " saying so. Its operator has to make it a trusted proxy that sends"
            + " X-Forwarded-Proto.");
  }

  private static void refuse(HttpServletResponse response, String why) throws IOException {
    byte[] body = (why + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    response.setContentType("text/plain;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Builds a filter. Not thread-safe. */
  public static final class Builder {

    private final List<String> hosts;
    private final boolean fixed;
    private final List<String> exempt = new ArrayList<>(List.of("/.well-known/acme-challenge/*"));
    private int port = 443;
    private int status = PERMANENT_REDIRECT;
    private Profile profile = Profile.PRODUCTION;
    private TrustedProxies proxies = TrustedProxies.none();

    private Builder(List<String> hosts, boolean fixed) {
      this.hosts = hosts;
      this.fixed = fixed;
    }

    /** The port of HTTPS, 1 to 65535; 443 by default. */
    public Builder port(int port) {
      this.port = Require.between("port", 1, 65_535, port);
      return this;
    }

    /** Paths that stay reachable by plain HTTP, health checks for example. */
    public Builder except(String... patterns) {
      exempt.addAll(List.of(patterns));
      return this;
    }

    /** Answers GET and HEAD with 301, for clients that do not know 308 (RFC 7538 is of 2015). */
    public Builder movedPermanently() {
      status = MOVED_PERMANENTLY;
      return this;
    }

    /** The profile; in development the filter does nothing. Production by default. */
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
     * @throws IllegalArgumentException if a host is no host name, or a pattern none; names every
     *     one
     */
    public HttpsRedirectFilter build() {
      return new HttpsRedirectFilter(settings());
    }

    private Settings settings() {
      Map<String, Boolean> table = new LinkedHashMap<>();
      exempt.forEach(pattern -> table.put(pattern, true));
      return new Settings(
          new RedirectTarget(hosts, fixed, port),
          PathPattern.Table.of(table),
          status,
          new Transport(proxies),
          profile.strictSecurity());
    }
  }
}
