package dev.vigil.headers;

import dev.vigil.core.Finding;
import dev.vigil.core.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weaknesses of a well-formed policy, after the list of OWASP's Secure Headers Project. */
final class PolicyAudit {

  private static final Duration ONE_YEAR = Duration.ofDays(365);

  private static final Set<ReferrerPolicy> TELLING =
      Set.of(
          ReferrerPolicy.UNSAFE_URL,
          ReferrerPolicy.NO_REFERRER_WHEN_DOWNGRADE,
          ReferrerPolicy.ORIGIN_WHEN_CROSS_ORIGIN);

  private final SecurityHeaders policy;
  private final List<Finding> findings = new ArrayList<>();

  PolicyAudit(SecurityHeaders policy) {
    this.policy = policy;
  }

  List<Finding> findings() {
    transport();
    if (policy.csp == null) {
      find(
          Severity.ERROR,
          SecurityHeaders.CSP,
          "is not there, so an injected script runs",
          "start from a preset");
    } else {
      new CspAudit(policy.csp, findings::add).run();
    }
    if (policy.cspReportOnly != null && policy.reporting == null) {
      find(
          Severity.WARNING,
          SecurityHeaders.CSP_REPORT_ONLY,
          "reports to no one",
          "call reporting(..)");
    }
    plain();
    isolation();
    if (policy.removed.stream().anyMatch("Server"::equalsIgnoreCase)) {
      find(
          Severity.WARNING,
          "Server",
          "is written by some servers behind every filter",
          "turn it off there; in Jetty by HttpConfiguration.setSendServerVersion(false)");
    }
    return List.copyOf(findings);
  }

  private void transport() {
    StrictTransport hsts = policy.hsts;
    if (hsts == null) {
      find(
          Severity.WARNING,
          SecurityHeaders.HSTS,
          "is not there, so a first plain HTTP request can be caught",
          "call hsts(..), unless a proxy in front sends it");
      return;
    }
    if (hsts.preloads()) {
      find(
          Severity.WARNING,
          SecurityHeaders.HSTS,
          "preload asks to be built into browsers, which takes months to undo",
          "leave it out unless the owner of the domain has decided for it");
    }
    if (hsts.maxAge().compareTo(ONE_YEAR) < 0) {
      find(
          Severity.WARNING,
          SecurityHeaders.HSTS,
          "max-age is " + hsts.maxAge().toSeconds() + " s, less than a year",
          "two years are advised, once all works over HTTPS");
    }
    if (!hsts.includesSubDomains()) {
      find(
          Severity.INFO,
          SecurityHeaders.HSTS,
          "names below this host are left out",
          "call includeSubDomains() if all of them speak HTTPS");
    }
  }

  private void plain() {
    if (plain("X-Content-Type-Options") == null) {
      find(
          Severity.ERROR,
          "X-Content-Type-Options",
          "is not there, so browsers guess types and may run an upload as script",
          "set it to nosniff");
    }
    String xss = plain("X-XSS-Protection");
    if (xss != null && !xss.equals("0")) {
      find(
          Severity.WARNING,
          "X-XSS-Protection",
          "a filter that old browsers have and that leaks what a page holds",
          "set it to 0 or leave it out");
    }
    if (plain("X-Permitted-Cross-Domain-Policies") == null) {
      find(
          Severity.INFO,
          "X-Permitted-Cross-Domain-Policies",
          "is not there, so document readers may fetch by a policy file",
          "set it to none");
    }
    if (policy.referrerPolicy == null) {
      find(
          Severity.WARNING,
          "Referrer-Policy",
          "is not there, so what other sites learn is up to the browser",
          "call referrerPolicy(NO_REFERRER)");
    } else if (TELLING.contains(policy.referrerPolicy)) {
      find(
          Severity.WARNING,
          "Referrer-Policy",
          policy.referrerPolicy.token() + " tells other sites whole addresses or works without TLS",
          "write strict-origin-when-cross-origin or stricter");
    }
    PermissionsPolicy permissions = policy.permissions;
    if (permissions == null || permissions.isEmpty()) {
      find(
          Severity.WARNING,
          "Permissions-Policy",
          "is not there, so frames and scripts may ask for camera, position and more",
          "call permissions(PermissionsPolicy.denyAll())");
    } else if (!permissions.denies("usb") || !permissions.denies("payment")) {
      find(
          Severity.INFO,
          "Permissions-Policy",
          "leaves powers open beside those that it names",
          "start from PermissionsPolicy.denyAll() and allow what is used");
    }
    if (policy.cacheControl == null) {
      find(
          Severity.INFO,
          SecurityHeaders.CACHE_CONTROL,
          "is not there, so an answer may be stored unless the application says otherwise",
          "call cacheControl(..) for what is private");
    }
  }

  private void isolation() {
    if (policy.openerPolicy == null || policy.openerPolicy == OpenerPolicy.UNSAFE_NONE) {
      find(
          Severity.WARNING,
          "Cross-Origin-Opener-Policy",
          "is not there, so a page that opens this one keeps a handle on it",
          "call openerPolicy(SAME_ORIGIN)");
    }
    if (policy.resourcePolicy == null) {
      find(
          Severity.WARNING,
          "Cross-Origin-Resource-Policy",
          "is not there, so other sites may load answers into their processes",
          "call resourcePolicy(SAME_ORIGIN)");
    }
    if (policy.embedderPolicy == null) {
      find(
          Severity.INFO,
          "Cross-Origin-Embedder-Policy",
          "is not there, so the page is not isolated from others in its process",
          "call embedderPolicy(REQUIRE_CORP) if all that it loads allows that");
    }
  }

  private @Nullable String plain(String name) {
    for (var header : policy.plain.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  private void find(Severity severity, String where, String what, String fix) {
    findings.add(new Finding(severity, where, what, fix));
  }
}
