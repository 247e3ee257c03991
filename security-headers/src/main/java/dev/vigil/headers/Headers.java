package dev.vigil.headers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a policy into names and values. */
final class Headers {

  private Headers() {}

  static Map<String, String> of(SecurityHeaders policy, boolean secure, String nonce) {
    Map<String, String> headers = common(policy, secure);
    policy.csp(secure).ifPresent(csp -> headers.put(SecurityHeaders.CSP, filled(csp, nonce)));
    policy
        .cspReportOnly(secure)
        .ifPresent(csp -> headers.put(SecurityHeaders.CSP_REPORT_ONLY, filled(csp, nonce)));
    return headers;
  }

  private static String filled(ContentSecurityPolicy csp, String nonce) {
    return csp.usesNonce() ? csp.value(nonce) : csp.value();
  }

  /** For people: a line for each header, with nonces left open. */
  static List<String> text(SecurityHeaders policy) {
    Map<String, String> headers = common(policy, true);
    put(headers, SecurityHeaders.CSP, policy.csp == null ? null : policy.csp.toString());
    put(
        headers,
        SecurityHeaders.CSP_REPORT_ONLY,
        policy.cspReportOnly == null ? null : policy.cspReportOnly.toString());
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue())
        .toList();
  }

  private static Map<String, String> common(SecurityHeaders policy, boolean secure) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (secure && policy.hsts != null) {
      headers.put(SecurityHeaders.HSTS, policy.hsts.value());
    }
    put(headers, "X-Frame-Options", frameOptions(policy.csp));
    headers.putAll(policy.plain);
    put(
        headers,
        "Referrer-Policy",
        policy.referrerPolicy == null ? null : policy.referrerPolicy.token());
    put(
        headers,
        "Permissions-Policy",
        policy.permissions == null || policy.permissions.isEmpty()
            ? null
            : policy.permissions.value());
    put(
        headers,
        "Cross-Origin-Opener-Policy",
        policy.openerPolicy == null ? null : policy.openerPolicy.token());
    put(
        headers,
        "Cross-Origin-Embedder-Policy",
        policy.embedderPolicy == null ? null : policy.embedderPolicy.token());
    put(
        headers,
        "Cross-Origin-Resource-Policy",
        policy.resourcePolicy == null ? null : policy.resourcePolicy.token());
    put(
        headers,
        "Reporting-Endpoints",
        policy.reporting == null || !secure ? null : policy.reporting.value());
    put(headers, SecurityHeaders.CACHE_CONTROL, policy.cacheControl);
    return headers;
  }

  /**
   * What {@code frame-ancestors} says in the words of RFC 7034, for browsers that do not read CSP;
   * null where those words cannot say it.
   */
  static @Nullable String frameOptions(@Nullable ContentSecurityPolicy csp) {
    List<String> ancestors = csp == null ? List.of() : csp.values("frame-ancestors");
    if (ancestors.equals(List.of("'none'"))) {
      return "DENY";
    }
    return ancestors.equals(List.of("'self'")) ? "SAMEORIGIN" : null;
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}
