package dev.vigil.spring;

import dev.vigil.core.PathPattern;
import dev.vigil.headers.ContentSecurityPolicy;
import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.SecurityHeadersBuilder;
import dev.vigil.spring.HeadersProperties.PathProperties;
import dev.vigil.spring.HeadersProperties.Preset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Policies out of {@code vigil.headers.*}. */
final class HeaderPolicies {

  private static final String PREFIX = "vigil.headers";

  private HeaderPolicies() {}

  static void check(HeadersProperties properties, PropertyFaults faults) {
    faults.check(PREFIX, () -> everywhere(properties));
    properties
        .paths()
        .forEach(
            (name, path) -> {
              String property = PREFIX + ".paths." + name;
              String pattern = path.path();
              if (pattern == null) {
                faults.add(
                    property + ".path", "is missing; allowed is a path such as /api/*", null);
              } else {
                faults.check(property + ".path", () -> PathPattern.of(pattern));
              }
              faults.check(property, () -> policy(path));
            });
    faults.checkPatterns(PREFIX + ".https.except", properties.https().except());
  }

  static SecurityHeaders everywhere(HeadersProperties properties) {
    SecurityHeadersBuilder policy = preset(properties.preset()).toBuilder();
    if (properties.csp() != null) {
      policy.csp(ContentSecurityPolicy.parse(properties.csp()));
    }
    if (properties.cspReportOnly() != null) {
      policy.cspReportOnly(ContentSecurityPolicy.parse(properties.cspReportOnly()));
    }
    if (properties.reporting() != null) {
      policy.reporting(properties.reporting());
    }
    if (properties.cacheControl() != null) {
      policy.cacheControl(properties.cacheControl());
    }
    return policy.remove(properties.remove().toArray(String[]::new)).build();
  }

  static Map<String, SecurityHeaders> byPath(HeadersProperties properties) {
    Map<String, SecurityHeaders> policies = new LinkedHashMap<>();
    properties
        .paths()
        .values()
        .forEach(path -> policies.put(Objects.requireNonNull(path.path()), policy(path)));
    return policies;
  }

  private static SecurityHeaders policy(PathProperties path) {
    SecurityHeadersBuilder policy = preset(path.preset()).toBuilder();
    if (path.csp() != null) {
      policy.csp(ContentSecurityPolicy.parse(path.csp()));
    }
    if (path.cacheControl() != null) {
      policy.cacheControl(path.cacheControl());
    }
    return policy.build();
  }

  private static SecurityHeaders preset(Preset preset) {
    return switch (preset) {
      case API -> SecurityHeaders.api();
      case STRICT -> SecurityHeaders.strict();
      case SPA -> SecurityHeaders.spa();
    };
  }
}
