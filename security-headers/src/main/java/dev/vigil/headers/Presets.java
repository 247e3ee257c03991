package dev.vigil.headers;

import java.time.Duration;
import java.util.List;

/** The policies that come ready-made. */
final class Presets {

  /** Two years, as OWASP's Secure Headers Project advises; without preload, as it advises too. */
  private static final StrictTransport TWO_YEARS =
      StrictTransport.maxAge(Duration.ofDays(730)).includeSubDomains();

  static final String NOT_STORED = "no-store, max-age=0";

  static final SecurityHeaders STRICT =
      common()
          .csp(
              csp ->
                  csp.defaultSrc(Sources::none)
                      // Browsers that know 'strict-dynamic' ignore https: and 'unsafe-inline',
                      // which are there for those that do not.
                      .scriptSrc(src -> src.nonce().strictDynamic().scheme("https").unsafeInline())
                      .styleSrc(src -> src.self().nonce())
                      .imgSrc(Sources::self)
                      .fontSrc(Sources::self)
                      .connectSrc(Sources::self)
                      .manifestSrc(Sources::self)
                      .baseUri(Sources::none)
                      .formAction(Sources::self)
                      .frameAncestors(Sources::none)
                      .objectSrc(Sources::none)
                      .requireTrustedTypes())
          .referrerPolicy(ReferrerPolicy.NO_REFERRER)
          .cacheControl(NOT_STORED)
          .build();

  static final SecurityHeaders API =
      common()
          .csp(
              csp ->
                  csp.defaultSrc(Sources::none)
                      .baseUri(Sources::none)
                      .formAction(Sources::none)
                      .frameAncestors(Sources::none))
          .referrerPolicy(ReferrerPolicy.NO_REFERRER)
          .embedderPolicy(EmbedderPolicy.REQUIRE_CORP)
          .cacheControl(NOT_STORED)
          .build();

  static final SecurityHeaders SPA =
      common()
          .csp(
              csp ->
                  csp.defaultSrc(Sources::self)
                      .scriptSrc(Sources::self)
                      .styleSrc(src -> src.self().unsafeInline())
                      .imgSrc(src -> src.self().scheme("data"))
                      .fontSrc(src -> src.self().scheme("data"))
                      .baseUri(Sources::none)
                      .formAction(Sources::self)
                      .frameAncestors(Sources::none)
                      .objectSrc(Sources::none)
                      .upgradeInsecureRequests())
          .referrerPolicy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN)
          .embedderPolicy(EmbedderPolicy.CREDENTIALLESS)
          .build();

  private Presets() {}

  private static SecurityHeadersBuilder common() {
    return SecurityHeaders.builder()
        .hsts(TWO_YEARS)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-XSS-Protection", "0")
        .header("Origin-Agent-Cluster", "?1")
        .header("X-Permitted-Cross-Domain-Policies", "none")
        .header("X-DNS-Prefetch-Control", "off")
        .permissions(PermissionsPolicy.denyAll())
        .openerPolicy(OpenerPolicy.SAME_ORIGIN)
        .resourcePolicy(ResourcePolicy.SAME_ORIGIN);
  }

  static SecurityHeaders legacy(LegacyHosts hosts) {
    return SecurityHeaders.builder()
        .hsts(StrictTransport.maxAge(Duration.ofDays(365)).includeSubDomains().preload())
        .csp(
            csp ->
                csp.defaultSrc(Sources::self)
                    .scriptSrc(
                        src -> src.self().unsafeInline().unsafeEval().host(array(hosts.scripts())))
                    .styleSrc(src -> src.self().unsafeInline().host(array(hosts.styles())))
                    .fontSrc(src -> src.self().host(array(hosts.fonts())))
                    .imgSrc(src -> src.self().scheme("data").scheme("https").scheme("blob"))
                    .connectSrc(src -> src.self().host(array(hosts.connections())))
                    .frameAncestors(Sources::none))
        .header("X-Content-Type-Options", "nosniff")
        .header("X-XSS-Protection", "1; mode=block")
        .referrerPolicy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN)
        .permissions(PermissionsPolicy.none().deny("camera", "microphone", "geolocation"))
        .build();
  }

  private static String[] array(List<String> hosts) {
    return hosts.toArray(String[]::new);
  }
}
