package dev.vigil.headers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link SecurityHeaders} policy. Nothing is refused before {@link #build()}, which tells
 * all faults at once.
 *
 * <p>Reusable; not thread-safe.
 */
public final class SecurityHeadersBuilder {

  /** Enough for every header there is, and one bit for each in a {@code long}. */
  private static final int MOST_HEADERS = 64;

  private @Nullable CspBuilder csp;
  private @Nullable CspBuilder cspReportOnly;
  @Nullable StrictTransport hsts;
  @Nullable ReferrerPolicy referrerPolicy;
  @Nullable PermissionsPolicy permissions;
  @Nullable OpenerPolicy openerPolicy;
  @Nullable EmbedderPolicy embedderPolicy;
  @Nullable ResourcePolicy resourcePolicy;
  @Nullable Reporting reporting;
  @Nullable String cacheControl;
  final Map<String, String> plain = new LinkedHashMap<>();
  final Set<String> removed = new LinkedHashSet<>();
  private final Set<String> given = new LinkedHashSet<>();
  private final List<String> twice = new ArrayList<>();

  SecurityHeadersBuilder() {}

  SecurityHeadersBuilder(SecurityHeaders start) {
    csp = start.csp == null ? null : start.csp.toBuilder();
    cspReportOnly = start.cspReportOnly == null ? null : start.cspReportOnly.toBuilder();
    hsts = start.hsts;
    referrerPolicy = start.referrerPolicy;
    permissions = start.permissions;
    openerPolicy = start.openerPolicy;
    embedderPolicy = start.embedderPolicy;
    resourcePolicy = start.resourcePolicy;
    reporting = start.reporting;
    cacheControl = start.cacheControl;
    plain.putAll(start.plain);
    removed.addAll(start.removed);
  }

  /** Changes the enforced CSP, starting from what it is. */
  public SecurityHeadersBuilder csp(Consumer<CspBuilder> change) {
    csp = csp == null ? new CspBuilder() : csp;
    change.accept(csp);
    return this;
  }

  /** Replaces the enforced CSP. */
  public SecurityHeadersBuilder csp(ContentSecurityPolicy policy) {
    csp = policy.toBuilder();
    return this;
  }

  /** Leaves out the enforced CSP, and X-Frame-Options with it. */
  public SecurityHeadersBuilder withoutCsp() {
    csp = null;
    return this;
  }

  /** Changes the CSP that is reported on but not enforced; it starts empty. */
  public SecurityHeadersBuilder cspReportOnly(Consumer<CspBuilder> change) {
    cspReportOnly = cspReportOnly == null ? new CspBuilder() : cspReportOnly;
    change.accept(cspReportOnly);
    return this;
  }

  /** Replaces the CSP that is reported on but not enforced. */
  public SecurityHeadersBuilder cspReportOnly(ContentSecurityPolicy policy) {
    cspReportOnly = policy.toBuilder();
    return this;
  }

  /** Leaves out the CSP that is reported on but not enforced. */
  public SecurityHeadersBuilder withoutCspReportOnly() {
    cspReportOnly = null;
    return this;
  }

  /** {@code Strict-Transport-Security}; null leaves it out. */
  public SecurityHeadersBuilder hsts(@Nullable StrictTransport value) {
    hsts = value;
    return this;
  }

  /** {@code Referrer-Policy}; null leaves it out. */
  public SecurityHeadersBuilder referrerPolicy(@Nullable ReferrerPolicy value) {
    referrerPolicy = value;
    return this;
  }

  /** {@code Permissions-Policy}; null leaves it out. */
  public SecurityHeadersBuilder permissions(@Nullable PermissionsPolicy value) {
    permissions = value;
    return this;
  }

  /** {@code Cross-Origin-Opener-Policy}; null leaves it out. */
  public SecurityHeadersBuilder openerPolicy(@Nullable OpenerPolicy value) {
    openerPolicy = value;
    return this;
  }

  /** {@code Cross-Origin-Embedder-Policy}; null leaves it out. */
  public SecurityHeadersBuilder embedderPolicy(@Nullable EmbedderPolicy value) {
    embedderPolicy = value;
    return this;
  }

  /** {@code Cross-Origin-Resource-Policy}; null leaves it out. */
  public SecurityHeadersBuilder resourcePolicy(@Nullable ResourcePolicy value) {
    resourcePolicy = value;
    return this;
  }

  /**
   * Has browsers report what the CSPs stop: writes {@code Reporting-Endpoints}, and {@code
   * report-to} and {@code report-uri} into both CSPs.
   *
   * @param address a path of the same host ({@code /csp-reports}), or an {@code https} address;
   *     null ends reporting
   */
  public SecurityHeadersBuilder reporting(@Nullable String address) {
    reporting = address == null ? null : new Reporting(Reporting.DEFAULT_ENDPOINT, address);
    for (CspBuilder policy : policies()) {
      policy.without("report-uri").without("report-to");
    }
    return this;
  }

  /**
   * {@code Cache-Control} of answers below 400; those above are not stored, whatever it says. A
   * policy that uses a nonce allows {@code no-store} only, and has it without being told.
   *
   * @param value the header's value; null leaves it to the application
   */
  public SecurityHeadersBuilder cacheControl(@Nullable String value) {
    cacheControl = value;
    return this;
  }

  /**
   * Any other header. Replaces what the policy had under that name, in any letter case, and may be
   * given once.
   */
  public SecurityHeadersBuilder header(String name, String value) {
    Objects.requireNonNull(value, "value");
    if (!given.add(name.toLowerCase(Locale.ROOT))) {
      twice.add(name);
    }
    plain.keySet().removeIf(name::equalsIgnoreCase);
    plain.put(name, value);
    return this;
  }

  /** Leaves out a header that {@link #header} or a preset set. */
  public SecurityHeadersBuilder without(String name) {
    plain.keySet().removeIf(name::equalsIgnoreCase);
    given.remove(name.toLowerCase(Locale.ROOT));
    return this;
  }

  /**
   * Headers that no answer may carry though the application sets them, {@code X-Powered-By} for
   * example. What a server writes itself is beyond its filters: tell the server.
   */
  public SecurityHeadersBuilder remove(String... names) {
    removed.addAll(List.of(names));
    return this;
  }

  /**
   * Checks the policy and freezes it.
   *
   * @throws PolicyException if something is wrong with it, with all faults
   */
  public SecurityHeaders build() {
    Faults faults = new Faults();
    policies().forEach(this::addReporting);
    PolicyCheck check = new PolicyCheck(faults);
    check.csp(SecurityHeaders.CSP, csp, reporting);
    check.csp(SecurityHeaders.CSP_REPORT_ONLY, cspReportOnly, reporting);
    check.values(this);
    check.plain(plain, twice, removed);
    boolean nonce = policies().stream().anyMatch(CspBuilder::usesNonce);
    String caching = nonce && cacheControl == null ? Presets.NOT_STORED : cacheControl;
    check.caching(nonce, caching);
    check.count(plain.size(), MOST_HEADERS);
    faults.throwIfAny();
    return new SecurityHeaders(
        this,
        csp == null ? null : csp.freeze(),
        cspReportOnly == null ? null : cspReportOnly.freeze(),
        caching);
  }

  private List<CspBuilder> policies() {
    List<CspBuilder> policies = new ArrayList<>();
    if (csp != null) {
      policies.add(csp);
    }
    if (cspReportOnly != null) {
      policies.add(cspReportOnly);
    }
    return policies;
  }

  private void addReporting(CspBuilder policy) {
    if (reporting != null && !policy.has("report-uri") && !policy.has("report-to")) {
      policy.directive("report-uri", reporting.address());
      policy.directive("report-to", reporting.endpoint());
    }
  }
}
