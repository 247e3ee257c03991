package dev.vigil.examples.service;

import dev.vigil.headers.EmbedderPolicy;
import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.servlet.CspReport;
import dev.vigil.headers.servlet.CspReportServlet;
import dev.vigil.headers.servlet.HttpsRedirectFilter;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers of every answer, the redirect to HTTPS where {@code PUBLIC_HOST} is set, and {@code
 * /csp-reports}. What a servlet sets itself wins, so health answers keep their own.
 */
final class SecurityFeature implements Feature {

  private static final Logger log = LoggerFactory.getLogger(SecurityFeature.class);
  private static final String REPORTS = "/csp-reports";

  /** The page loads nothing from elsewhere, so that it can be isolated, which strict() leaves. */
  private static final SecurityHeaders PAGE =
      SecurityHeaders.strict().toBuilder()
          .embedderPolicy(EmbedderPolicy.REQUIRE_CORP)
          .reporting(REPORTS)
          .build();

  /** The same for all callers; what is not (orders) has api()'s own no-store. */
  private static final SecurityHeaders SHARED =
      caching(SecurityHeaders.api(), "s-maxage=60, stale-while-revalidate");

  private static final SecurityHeaders ASSETS =
      caching(SecurityHeaders.spa(), "public, max-age=31536000, immutable");

  private final SecurityHeadersFilter headers;
  private final Optional<HttpsRedirectFilter> redirect;
  private final CspReportServlet reports;

  SecurityFeature(Settings settings) {
    headers =
        SecurityHeadersFilter.builder(SecurityHeaders.api())
            .path("", PAGE) // the root alone
            .path("/api/*", SHARED)
            .path("/api/orders", SecurityHeaders.api())
            .path("/assets/*", ASSETS)
            .trustedProxies(settings.trustedProxies())
            .profile(settings.profile())
            .build();
    redirect = settings.publicHost().map(host -> redirect(host, settings));
    reports =
        CspReportServlet.builder()
            .trustedProxies(settings.trustedProxies())
            .listener(SecurityFeature::tell)
            .build();
  }

  private static SecurityHeaders caching(SecurityHeaders policy, String cacheControl) {
    return policy.toBuilder().cacheControl(cacheControl).build();
  }

  private static HttpsRedirectFilter redirect(URI host, Settings settings) {
    HttpsRedirectFilter.Builder to = HttpsRedirectFilter.to(host.getHost());
    if (host.getPort() > 0) {
      to.port(host.getPort());
    }
    return to.except("/health/*")
        .trustedProxies(settings.trustedProxies())
        .profile(settings.profile())
        .build();
  }

  private static void tell(CspReport report) {
    log.warn("a browser reports: {}", report);
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addServletContainerInitializer(
        (classes, starting) -> {
          redirect.ifPresent(filter -> filter.addTo(starting));
          headers.addTo(starting);
        });
    context.addServlet(new ServletHolder("csp-reports", reports), REPORTS);
  }
}
