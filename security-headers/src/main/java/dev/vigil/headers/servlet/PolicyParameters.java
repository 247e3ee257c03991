package dev.vigil.headers.servlet;

import dev.vigil.core.internal.Quoted;
import dev.vigil.headers.ContentSecurityPolicy;
import dev.vigil.headers.LegacyHosts;
import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.SecurityHeadersBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A policy out of the init-params of web.xml. */
final class PolicyParameters {

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  static final String[] NAMES = {
    "preset", "csp", "csp-report-only", "reporting", "cache-control", "profile", "trusted-proxies"
  };

  private PolicyParameters() {}

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException if a value is wrong
   */
  static SecurityHeaders read(InitParameters parameters) {
    SecurityHeadersBuilder policy = preset(parameters.text("preset").orElse("")).toBuilder();
    parameters.text("csp").ifPresent(csp -> policy.csp(ContentSecurityPolicy.parse(csp)));
    parameters
        .text("csp-report-only")
        .ifPresent(csp -> policy.cspReportOnly(ContentSecurityPolicy.parse(csp)));
    parameters.text("reporting").ifPresent(policy::reporting);
    parameters.text("cache-control").ifPresent(policy::cacheControl);
    return policy.build();
  }

  private static SecurityHeaders preset(String name) {
    return switch (name) {
      case "" -> {
        log.info("security headers: no preset is configured, so api() applies to every path");
        yield SecurityHeaders.api();
      }
      case "api" -> SecurityHeaders.api();
      case "strict" -> SecurityHeaders.strict();
      case "spa" -> SecurityHeaders.spa();
      case "legacy" -> SecurityHeaders.legacy(LegacyHosts.none());
      default ->
          throw new IllegalArgumentException(
              "preset must be one of api, strict, spa, legacy but was " + Quoted.of(name));
    };
  }
}
