package dev.vigil.headers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a directive of CSP takes as its value. */
enum DirectiveKind {
  /** The fall-back of all fetch directives: whatever they take. */
  DEFAULT,
  SCRIPT,
  STYLE,
  /** Inline handlers and style attributes: hashes, but no nonces. */
  SCRIPT_ATTRIBUTE,
  STYLE_ATTRIBUTE,
  /** What is loaded by address alone. */
  FETCH,
  /** Addresses of documents; browsers ignore everything else there. */
  LOCATION,
  SANDBOX,
  FLAG,
  TRUSTED_TYPES,
  REQUIRE_TRUSTED_TYPES,
  REPORT_TO,
  REPORT_URI,
  WEBRTC;

  /** CSP Level 3, 6, with Trusted Types, Upgrade Insecure Requests and Fenced Frame. */
  private static final Map<String, DirectiveKind> KNOWN = new LinkedHashMap<>();

  /** Dropped from the standard or never in it, with what to write instead. */
  private static final Map<String, String> OBSOLETE =
      Map.of(
          "block-all-mixed-content", "write upgrade-insecure-requests, or nothing",
          "plugin-types", "write object-src 'none'",
          "prefetch-src", "leave it out; default-src rules prefetching",
          "reflected-xss", "leave it out",
          "referrer", "use the header Referrer-Policy",
          "navigate-to", "leave it out; no browser has it",
          "require-sri-for", "leave it out; no browser has it",
          "disown-opener", "use the header Cross-Origin-Opener-Policy");

  static {
    KNOWN.put("default-src", DEFAULT);
    KNOWN.put("script-src", SCRIPT);
    KNOWN.put("script-src-elem", SCRIPT);
    KNOWN.put("script-src-attr", SCRIPT_ATTRIBUTE);
    KNOWN.put("style-src", STYLE);
    KNOWN.put("style-src-elem", STYLE);
    KNOWN.put("style-src-attr", STYLE_ATTRIBUTE);
    for (String fetch :
        new String[] {
          "img-src",
          "font-src",
          "connect-src",
          "media-src",
          "object-src",
          "frame-src",
          "child-src",
          "worker-src",
          "manifest-src",
          "fenced-frame-src"
        }) {
      KNOWN.put(fetch, FETCH);
    }
    KNOWN.put("base-uri", LOCATION);
    KNOWN.put("form-action", LOCATION);
    KNOWN.put("frame-ancestors", LOCATION);
    KNOWN.put("sandbox", SANDBOX);
    KNOWN.put("upgrade-insecure-requests", FLAG);
    KNOWN.put("trusted-types", TRUSTED_TYPES);
    KNOWN.put("require-trusted-types-for", REQUIRE_TRUSTED_TYPES);
    KNOWN.put("report-to", REPORT_TO);
    KNOWN.put("report-uri", REPORT_URI);
    KNOWN.put("webrtc", WEBRTC);
  }

  static @Nullable DirectiveKind of(String name) {
    return KNOWN.get(name);
  }

  static Set<String> names() {
    return KNOWN.keySet();
  }

  static @Nullable String insteadOf(String name) {
    return OBSOLETE.get(name);
  }

  boolean takesSources() {
    return compareTo(LOCATION) <= 0;
  }

  boolean takesNonce() {
    return this == DEFAULT || this == SCRIPT || this == STYLE;
  }

  boolean takesHash() {
    return compareTo(STYLE_ATTRIBUTE) <= 0;
  }

  /** Whether this keyword, quotes included, means anything here. */
  boolean takesKeyword(String keyword) {
    return switch (keyword) {
      case "'self'", "'none'" -> true;
      case "'unsafe-inline'", "'unsafe-hashes'", "'report-sample'" -> takesHash();
      case "'strict-dynamic'",
          "'unsafe-eval'",
          "'wasm-unsafe-eval'",
          "'inline-speculation-rules'" ->
          this == DEFAULT || this == SCRIPT;
      default -> false;
    };
  }
}
