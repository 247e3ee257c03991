package dev.vigil.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.headers.*}; with vigil-security-headers on the class path.
 *
 * @param enabled Whether there are security headers.
 * @param preset The policy to begin with, for answers that are no pages, rendered pages, or
 *     applications of files.
 * @param csp A Content-Security-Policy in place of the preset's.
 * @param cspReportOnly A policy that browsers report on and do not enforce.
 * @param reporting Where browsers report to. A path is served here too.
 * @param cacheControl A Cache-Control in place of the preset's.
 * @param remove Headers that no answer carries.
 * @param paths Other policies by path pattern.
 */
record HeadersProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("api") Preset preset,
    @Nullable String csp,
    @Nullable String cspReportOnly,
    @Nullable String reporting,
    @Nullable String cacheControl,
    @DefaultValue List<String> remove,
    @DefaultValue Map<String, PathProperties> paths,
    @DefaultValue HttpsProperties https) {

  enum Preset {
    API,
    STRICT,
    SPA
  }

  /**
   * The policy of some paths.
   *
   * @param path The pattern: exact, "/api/*", "*.css"; required.
   * @param preset The policy to begin with.
   * @param csp A Content-Security-Policy in place of the preset's.
   * @param cacheControl A Cache-Control in place of the preset's.
   */
  record PathProperties(
      @Nullable String path,
      @DefaultValue("api") Preset preset,
      @Nullable String csp,
      @Nullable String cacheControl) {}

  /**
   * Sends plain requests to HTTPS; not under the profile development.
   *
   * @param host The host to send to. By default nothing is redirected.
   * @param port The port of HTTPS.
   * @param except Path patterns that stay reachable by plain HTTP. By default the health endpoint.
   */
  record HttpsProperties(
      @Nullable String host,
      @Within(least = "1", most = "65535") @DefaultValue("443") int port,
      @Nullable List<String> except) {}
}
