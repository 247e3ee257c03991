package dev.vigil.headers;

import dev.vigil.core.internal.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which headers may be given by name and value, and what some of them may say. */
final class PlainHeaders {

  private static final String TYPED = "this header has a method of its own";

  /** By name in lower case: why not here, what to call. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("content-security-policy", "call csp(..)"),
          Map.entry("content-security-policy-report-only", "call cspReportOnly(..)"),
          Map.entry("strict-transport-security", "call hsts(..)"),
          Map.entry("permissions-policy", "call permissions(..)"),
          Map.entry("referrer-policy", "call referrerPolicy(..)"),
          Map.entry("cross-origin-opener-policy", "call openerPolicy(..)"),
          Map.entry("cross-origin-embedder-policy", "call embedderPolicy(..)"),
          Map.entry("cross-origin-resource-policy", "call resourcePolicy(..)"),
          Map.entry("reporting-endpoints", "call reporting(..)"),
          Map.entry("cache-control", "call cacheControl(..)"),
          Map.entry("x-frame-options", "call csp(..) with frameAncestors(..), which it follows"));

  private static final Map<String, String> OBSOLETE =
      Map.ofEntries(
          Map.entry("public-key-pins", "leave it out: a wrong pin locks visitors out for months"),
          Map.entry("public-key-pins-report-only", "leave it out"),
          Map.entry("expect-ct", "leave it out: Certificate Transparency is compulsory now"),
          Map.entry("expect-staple", "leave it out"),
          Map.entry("feature-policy", "call permissions(..)"),
          Map.entry("x-content-security-policy", "call csp(..)"),
          Map.entry("x-webkit-csp", "call csp(..)"),
          Map.entry("x-ua-compatible", "leave it out"),
          Map.entry("x-download-options", "leave it out: only Internet Explorer read it"),
          Map.entry("p3p", "leave it out"),
          Map.entry("pragma", "call cacheControl(..)"));

  /** These belong to one answer, not to all. */
  private static final List<String> OF_THE_ANSWER =
      List.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "etag",
          "keep-alive",
          "last-modified",
          "location",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "www-authenticate");

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "x-content-type-options", List.of("nosniff"),
          "x-xss-protection", List.of("0", "1", "1; mode=block"),
          "origin-agent-cluster", List.of("?1", "?0"),
          "x-dns-prefetch-control", List.of("off", "on"),
          "x-permitted-cross-domain-policies",
              List.of("none", "master-only", "by-content-type", "all", "none-this-response"));

  private PlainHeaders() {}

  static void check(String name, String value, Faults faults) {
    if (!HeaderText.checkName(name, faults)) {
      return;
    }
    String key = name.toLowerCase(Locale.ROOT);
    @Nullable String elsewhere = ELSEWHERE.get(key);
    @Nullable String instead = OBSOLETE.get(key);
    if (elsewhere != null) {
      faults.add("header " + name, TYPED, elsewhere);
    } else if (instead != null) {
      faults.add("header " + name, "is obsolete", instead);
    } else if (OF_THE_ANSWER.contains(key)) {
      faults.add("header " + name, "belongs to one answer, not to all", "set it in the handler");
    } else if (HeaderText.checkValue("header " + name, value, faults)) {
      @Nullable List<String> allowed = VALUES.get(key);
      if (allowed != null && !allowed.contains(value)) {
        faults.add(
            "header " + name,
            Quoted.of(value) + " is no value that browsers know",
            "write " + String.join(" or ", allowed));
      }
    }
  }

  static void checkRemoved(String name, boolean set, Faults faults) {
    if (!HeaderText.checkName(name, faults)) {
      return;
    }
    if (set) {
      faults.add("header " + name, "is both set and removed", "decide for one");
    } else if (OF_THE_ANSWER.contains(name.toLowerCase(Locale.ROOT))) {
      faults.add("header " + name, "is needed by its answer", "do not remove it");
    }
  }
}
