package dev.vigil.headers;

import dev.vigil.core.Finding;
import dev.vigil.core.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaknesses of a well-formed CSP, after Weichselbaum and others, "CSP Is Dead, Long Live CSP!"
 * (CCS 2016), and the advice of OWASP's cheat sheet.
 */
final class CspAudit {

  /** Half of the limit: some proxies stop at 4 KiB for all headers together. */
  private static final int LONG = 2048;

  /** Hosts that serve JSONP or script gadgets to whoever asks, from the study named above. */
  private static final List<String> GADGET_HOSTS =
      List.of(
          "ajax.googleapis.com",
          "*.googleapis.com",
          "www.google.com",
          "accounts.google.com",
          "cdnjs.cloudflare.com",
          "cdn.jsdelivr.net",
          "unpkg.com",
          "raw.githubusercontent.com");

  private final ContentSecurityPolicy csp;
  private final Consumer<Finding> findings;

  CspAudit(ContentSecurityPolicy csp, Consumer<Finding> findings) {
    this.csp = csp;
    this.findings = findings;
  }

  void run() {
    scripts();
    if (style("'unsafe-inline'")) {
      find(
          Severity.INFO,
          "style-src",
          "'unsafe-inline' lets injected styles read attribute values and redraw the page",
          "move styles to files, or use nonce()");
    }
    List<String> objects = effective("object-src");
    if (!objects.equals(List.of("'none'"))) {
      find(
          Severity.WARNING,
          "object-src",
          "plug-ins may load and run script",
          "write objectSrc(Sources::none)");
    }
    missing("base-uri", "an injected <base> redirects every relative script", "baseUri");
    missing("form-action", "an injected form may post to any host", "formAction");
    missing("frame-ancestors", "any site may frame the page", "frameAncestors");
    csp.list().forEach(this::sources);
    List<String> sandbox = csp.values("sandbox");
    if (sandbox.contains("allow-scripts") && sandbox.contains("allow-same-origin")) {
      find(
          Severity.WARNING,
          "sandbox",
          "allow-scripts with allow-same-origin lets the page leave its sandbox",
          "leave one of them out");
    }
    if (csp.toString().length() > LONG) {
      find(
          Severity.WARNING,
          "the policy",
          csp.toString().length() + " characters, which some proxies will not carry",
          "stay below " + LONG + ": a nonce stands for many hosts and hashes");
    }
  }

  private void scripts() {
    List<String> scripts = effective("script-src");
    boolean nonceOrHash = scripts.stream().anyMatch(CspGrammar::isNonceOrHash);
    boolean strictDynamic = scripts.contains("'strict-dynamic'");
    if (scripts.isEmpty()) {
      find(
          Severity.ERROR,
          "script-src",
          "neither script-src nor default-src is there, so every script runs",
          "write defaultSrc(Sources::none) and name what is needed");
    }
    if (scripts.contains("'unsafe-inline'") && !nonceOrHash) {
      find(
          Severity.ERROR,
          "script-src",
          "'unsafe-inline' runs an injected script like the page's own",
          "use nonce(), as the preset strict() does");
    }
    if (scripts.contains("'unsafe-eval'")) {
      find(
          Severity.WARNING,
          "script-src",
          "'unsafe-eval' runs text that reaches eval or Function",
          "leave it out, or use wasmUnsafeEval() if WebAssembly is what needs it");
    }
    for (String source : scripts) {
      String host = source.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "");
      if (strictDynamic) {
        continue; // browsers that know it ignore schemes and hosts
      }
      if (source.endsWith(":") && !source.startsWith("'")) {
        find(
            Severity.ERROR,
            "script-src",
            source + " lets every host write scripts",
            "name hosts, or use nonce() with strictDynamic()");
      } else if (GADGET_HOSTS.contains(host.replaceFirst("/.*", "").replaceFirst(":.*", ""))) {
        find(
            Severity.WARNING,
            "script-src",
            source + " serves scripts that anyone can steer",
            "use nonce() with strictDynamic() in place of hosts");
      }
    }
    if (!scripts.isEmpty()
        && !scripts.equals(List.of("'none'"))
        && csp.find("require-trusted-types-for") == null) {
      find(
          Severity.INFO,
          "require-trusted-types-for",
          "is not there, so innerHTML and its like take any text",
          "call requireTrustedTypes(), in cspReportOnly(..) first");
    }
  }

  private void sources(Directive directive) {
    DirectiveKind kind = DirectiveKind.of(directive.name());
    if (kind == null || !kind.takesSources()) {
      return;
    }
    for (String source : directive.values()) {
      if (source.equals("http:") || source.startsWith("http://")) {
        find(
            Severity.WARNING,
            directive.name(),
            source + " loads over plain HTTP, where anyone on the way can change it",
            "write https");
      } else if (source.equals("*") || (source.equals("https:") && kind == DirectiveKind.FETCH)) {
        find(
            Severity.INFO,
            directive.name(),
            source + " lets data leave to every host",
            "name the hosts that are needed");
      }
    }
  }

  private boolean style(String keyword) {
    List<String> styles = effective("style-src");
    return styles.contains(keyword) && styles.stream().noneMatch(CspGrammar::isNonceOrHash);
  }

  private List<String> effective(String directive) {
    @Nullable Directive own = csp.find(directive);
    return own != null ? own.values() : csp.values("default-src");
  }

  private void missing(String directive, String what, String method) {
    if (csp.find(directive) == null) {
      find(
          Severity.WARNING,
          directive,
          "is not there, and default-src does not stand in for it: " + what,
          "write " + method + "(Sources::none), or name what is needed");
    }
  }

  private void find(Severity severity, String where, String what, String fix) {
    findings.accept(new Finding(severity, SecurityHeaders.CSP + " " + where, what, fix));
  }
}
