package dev.vigil.headers.example;

import dev.vigil.core.Profile;
import dev.vigil.core.TrustedProxies;
import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

public final class Headers implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    SecurityHeaders page =
        SecurityHeaders.strict().toBuilder()
            .csp(csp -> csp.imgSrc(src -> src.self().host("https://cdn.example.com")))
            .reporting("/csp-reports")
            .build();
    SecurityHeadersFilter.builder(page)
        .path("/api/*", caching(SecurityHeaders.api(), "s-maxage=60, stale-while-revalidate"))
        .path("/assets/*", caching(SecurityHeaders.spa(), "public, max-age=31536000, immutable"))
        .trustedProxies(TrustedProxies.of("10.0.0.0/8").onlyXForwarded())
        .profile(Profile.fromEnvironment())
        .build()
        .addTo(event.getServletContext());
  }

  private static SecurityHeaders caching(SecurityHeaders policy, String cacheControl) {
    return policy.toBuilder().cacheControl(cacheControl).build();
  }
}
