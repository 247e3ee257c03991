package dev.vigil.headers;

import dev.vigil.core.Finding;
import dev.vigil.core.Profile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One policy: which security headers an answer carries, and with what values.
 *
 * <p>Take the preset that fits the kind of answer and change what differs:
 *
 * <table>
 * <caption>Presets</caption>
 * <tr><th>preset</th><th>for</th></tr>
 * <tr><td>{@link #api()}</td><td>answers that are no pages; the default</td></tr>
 * <tr><td>{@link #strict()}</td><td>pages rendered by the server, with a nonce for each request</td></tr>
 * <tr><td>{@link #spa()}</td><td>applications of files, without inline scripts</td></tr>
 * <tr><td>{@link #legacy}</td><td>pages that need inline scripts and {@code eval}; its {@link
 *     #audit()} says what that costs</td></tr>
 * </table>
 *
 * <pre>{@code
 * SecurityHeaders page =
 *     SecurityHeaders.strict().toBuilder()
 *         .csp(csp -> csp.imgSrc(src -> src.self().host("https://cdn.example.com")))
 *         .reporting("/csp-reports")
 *         .remove("X-Powered-By")
 *         .build();
 * }</pre>
 *
 * <p>A policy that exists is well formed; the builder refuses all others, with every fault at once.
 * Immutable and thread-safe.
 */
public final class SecurityHeaders {

  static final String CSP = "Content-Security-Policy";
  static final String CSP_REPORT_ONLY = "Content-Security-Policy-Report-Only";
  static final String HSTS = "Strict-Transport-Security";
  static final String CACHE_CONTROL = "Cache-Control";

  final @Nullable ContentSecurityPolicy csp;
  final @Nullable ContentSecurityPolicy cspReportOnly;
  final @Nullable StrictTransport hsts;
  final @Nullable ReferrerPolicy referrerPolicy;
  final @Nullable PermissionsPolicy permissions;
  final @Nullable OpenerPolicy openerPolicy;
  final @Nullable EmbedderPolicy embedderPolicy;
  final @Nullable ResourcePolicy resourcePolicy;
  final @Nullable Reporting reporting;
  final @Nullable String cacheControl;
  final Map<String, String> plain;
  final Set<String> removed;
  private final List<String> text;

  SecurityHeaders(
      SecurityHeadersBuilder from,
      @Nullable ContentSecurityPolicy csp,
      @Nullable ContentSecurityPolicy cspReportOnly,
      @Nullable String cacheControl) {
    this.csp = csp;
    this.cspReportOnly = cspReportOnly;
    hsts = from.hsts;
    referrerPolicy = from.referrerPolicy;
    permissions = from.permissions;
    openerPolicy = from.openerPolicy;
    embedderPolicy = from.embedderPolicy;
    resourcePolicy = from.resourcePolicy;
    reporting = from.reporting;
    this.cacheControl = cacheControl;
    plain = Collections.unmodifiableMap(new LinkedHashMap<>(from.plain));
    removed = Set.copyOf(from.removed);
    text = Headers.text(this);
  }

  /**
   * For pages that the server renders: scripts run by the request's nonce and what they load in
   * turn, styles from the page's own files or by nonce, DOM sinks take Trusted Types only, and the
   * page is stored nowhere.
   */
  public static SecurityHeaders strict() {
    return Presets.STRICT;
  }

  /**
   * For answers that are no pages, JSON above all: nothing loads, frames or stores them. The
   * default where nothing is configured.
   */
  public static SecurityHeaders api() {
    return Presets.API;
  }

  /**
   * For applications made of files: scripts from files of the same origin, inline styles allowed.
   */
  public static SecurityHeaders spa() {
    return Presets.SPA;
  }

  /**
   * For pages that cannot do without inline scripts and {@code eval}. Not advised: an injected
   * script runs. {@link #audit()} names each weakness.
   *
   * @param hosts what such a page loads from elsewhere
   * @throws PolicyException if a host is none
   */
  public static SecurityHeaders legacy(LegacyHosts hosts) {
    return Presets.legacy(hosts);
  }

  /** A builder of a policy that sets no header yet. */
  public static SecurityHeadersBuilder builder() {
    return new SecurityHeadersBuilder();
  }

  /** A builder that starts with this policy. */
  public SecurityHeadersBuilder toBuilder() {
    return new SecurityHeadersBuilder(this);
  }

  /**
   * The policy as this profile wants it: in development without HSTS and {@code
   * upgrade-insecure-requests}, which would lock a browser out of {@code http://localhost}; in
   * staging and production as it is.
   */
  public SecurityHeaders forProfile(Profile profile) {
    if (profile.strictSecurity()) {
      return this;
    }
    SecurityHeadersBuilder plainHttp = toBuilder().hsts(null);
    return new SecurityHeaders(plainHttp, withoutUpgrade(csp), cspReportOnly, cacheControl);
  }

  static @Nullable ContentSecurityPolicy withoutUpgrade(@Nullable ContentSecurityPolicy policy) {
    return policy == null ? null : policy.without("upgrade-insecure-requests");
  }

  /**
   * The enforced CSP.
   *
   * @param secure whether for a request that came by HTTPS; {@code upgrade-insecure-requests} and
   *     {@code report-to} are for those alone
   */
  public Optional<ContentSecurityPolicy> csp(boolean secure) {
    return Optional.ofNullable(secure ? csp : overHttp(withoutUpgrade(csp)));
  }

  /**
   * The CSP that is reported on but not enforced.
   *
   * @param secure as for {@link #csp}
   */
  public Optional<ContentSecurityPolicy> cspReportOnly(boolean secure) {
    return Optional.ofNullable(secure ? cspReportOnly : overHttp(cspReportOnly));
  }

  /**
   * Browsers heed Reporting-Endpoints over HTTPS only, but leave report-uri aside wherever
   * report-to is named: over HTTP the two together would lose every report.
   */
  private static @Nullable ContentSecurityPolicy overHttp(@Nullable ContentSecurityPolicy policy) {
    return policy == null || policy.find("report-uri") == null
        ? policy
        : policy.without("report-to");
  }

  /** Whether each answer needs a nonce of its own. */
  public boolean usesNonce() {
    return (csp != null && csp.usesNonce()) || (cspReportOnly != null && cspReportOnly.usesNonce());
  }

  /** The headers that no answer carries, though the application sets them. */
  public Set<String> removed() {
    return removed;
  }

  /**
   * What goes out, name by name, in order.
   *
   * @param secure whether for a request that came by HTTPS; HSTS and Reporting-Endpoints are for
   *     those alone
   * @param nonce drawn for this answer; not looked at where the policy {@linkplain #usesNonce()
   *     uses none}
   * @throws IllegalArgumentException if the nonce is none (see {@link
   *     ContentSecurityPolicy#value(String)})
   */
  public Map<String, String> headers(boolean secure, String nonce) {
    return Headers.of(this, secure, nonce);
  }

  /**
   * What an expert would say about the policy; empty where nothing. A well-formed policy can still
   * be a weak one.
   */
  public List<Finding> audit() {
    return new PolicyAudit(this).findings();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SecurityHeaders that
            && text.equals(that.text)
            && removed.equals(that.removed));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The headers of a secure request, one a line. */
  @Override
  public String toString() {
    return String.join("\n", text);
  }
}
