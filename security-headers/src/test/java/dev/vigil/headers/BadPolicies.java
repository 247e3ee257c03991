package dev.vigil.headers;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Policies that must not be built, each with all the faults that it is refused for. */
final class BadPolicies {

  private static final String CSP = "Content-Security-Policy ";
  private static final String KEYWORDS =
      "keywords are 'self' 'none' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' 'unsafe-hashes'"
          + " 'strict-dynamic' 'report-sample' 'inline-speculation-rules'";
  private static final String NO_ADDRESS =
      " is no host, scheme or keyword; write https://cdn.example.com, *.example.com, data: or 'self'";

  private BadPolicies() {}

  static Stream<Arguments> csp() {
    return Stream.of(
        source("CR", "a\rb", "\"a?b\" holds a carriage return" + ASCII),
        source("LF", "a\nb", "\"a?b\" holds a line feed" + ASCII),
        source("NUL", "a\0b", "\"a?b\" holds NUL" + ASCII),
        source("tab", "a\tb", "\"a?b\" holds a tab" + ASCII),
        source("DEL", "a\u007fb", "\"a?b\" holds U+007F" + ASCII),
        source("non-ASCII", "b\u00fccher.example", "\"b\u00fccher.example\" holds U+00FC" + ASCII),
        source("bidi", "a\u202eb", "\"a?b\" holds U+202E" + ASCII),
        source(
            "semicolon",
            "a;script-src",
            "\"a;script-src\" holds ';', which would end the directive; escape it as %3B"),
        source("comma", "a,b", "\"a,b\" holds ',', which would end the policy; escape it as %2C"),
        source("space", "a b", "\"a b\" holds a space; give each source by itself"),
        source("empty", "", "a source is empty; leave it out"),
        source("long", "a".repeat(600), "a source has 600 characters; keep it at 512"),
        source("unquoted self", "self", "\"self\" needs single quotes; write 'self'"),
        source("unquoted SELF", "SELF", "\"SELF\" needs single quotes; write 'self'"),
        source("unquoted none", "none", "\"none\" needs single quotes; write 'none'"),
        source(
            "unquoted unsafe-inline",
            "unsafe-inline",
            "\"unsafe-inline\" needs single quotes; write 'unsafe-inline'"),
        source(
            "unquoted nonce",
            "nonce-abc",
            "\"nonce-abc\" needs single quotes; use nonce() or hash(..)"),
        source(
            "unquoted hash",
            "sha256-abc",
            "\"sha256-abc\" needs single quotes; use nonce() or hash(..)"),
        source(
            "half a quote", "'self", "\"'self\" is no keyword and no hash; did you mean 'self'?"),
        source(
            "misspelt keyword",
            "'unsafe-inlin'",
            "\"'unsafe-inlin'\" is no keyword and no hash; did you mean 'unsafe-inline'?"),
        source("strange keyword", "'x'", "\"'x'\" is no keyword and no hash; " + KEYWORDS),
        source(
            "frozen nonce",
            "'nonce-abcdefghijklmnopqrstuv'",
            "a nonce that is the same in every answer protects nothing; use nonce(), in text"
                + " 'nonce-{nonce}'"),
        source("double quotes", "\"self\"", "\"?self?\"" + NO_ADDRESS),
        source("query", "https://a.example/x?y", "\"https://a.example/x?y\"" + NO_ADDRESS),
        source("fragment", "https://a.example/#x", "\"https://a.example/#x\"" + NO_ADDRESS),
        source("inner star", "https://a.*.example", "\"https://a.*.example\"" + NO_ADDRESS),
        source("two dots", "a..example", "\"a..example\"" + NO_ADDRESS),
        source("credentials", "https://u:p@a.example", "\"https://u:p@a.example\"" + NO_ADDRESS),
        source("IPv6", "[::1]", "\"[::1]\"" + NO_ADDRESS),
        source("bad port", "a.example:x", "\"a.example:x\"" + NO_ADDRESS),
        source("markup", "<script>", "\"<script>\"" + NO_ADDRESS),
        source("scheme alone", "https://", "\"https://\"" + NO_ADDRESS),
        directive(
            "star script",
            csp -> csp.scriptSrc(src -> src.add("*")),
            "script-src: \"*\"" + WILDCARD),
        directive(
            "https star script",
            csp -> csp.scriptSrc(src -> src.add("https://*")),
            "script-src: \"https://*\"" + WILDCARD),
        directive(
            "star object",
            csp -> csp.objectSrc(src -> src.add("*")),
            "object-src: \"*\"" + WILDCARD),
        directive(
            "star default",
            csp -> csp.defaultSrc(src -> src.add("*")),
            "default-src: \"*\"" + WILDCARD),
        directive(
            "star base", csp -> csp.baseUri(src -> src.add("*")), "base-uri: \"*\"" + WILDCARD),
        directive(
            "data script",
            csp -> csp.scriptSrc(src -> src.scheme("data")),
            "script-src: data: lets anyone write the script; serve scripts from files or use a nonce"),
        directive(
            "none with company",
            csp -> csp.imgSrc(src -> src.none().self()),
            "img-src: 'none' has company, which makes browsers ignore it; leave 'none' out or let it"
                + " stand alone"),
        directive(
            "a source twice",
            csp -> csp.imgSrc(src -> src.self().self()),
            "img-src: \"'self'\" is there twice; leave one out"),
        directive(
            "a keyword twice in other case",
            csp -> csp.imgSrc(src -> src.self().add("'SELF'")),
            "img-src: \"'SELF'\" is there twice; leave one out"),
        directive(
            "no source",
            csp -> csp.imgSrc(src -> {}),
            "img-src: no source is named; write 'none' if nothing is allowed"),
        directive(
            "strict-dynamic alone",
            csp -> csp.scriptSrc(src -> src.self().strictDynamic()),
            "script-src: 'strict-dynamic' without a nonce or hash allows no script; add nonce()"),
        directive(
            "unsafe-hashes alone",
            csp -> csp.scriptSrc(src -> src.self().unsafeHashes()),
            "script-src: 'unsafe-hashes' without a hash allows nothing; add hash(..)"),
        directive(
            "nonce for images",
            csp -> csp.imgSrc(Sources::nonce),
            "img-src: a nonce is ignored here; browsers heed nonces in script-src and style-src only"),
        directive(
            "nonce for handlers",
            csp -> csp.scriptSrcAttr(Sources::nonce),
            "script-src-attr: a nonce is ignored here; browsers heed nonces in script-src and"
                + " style-src only"),
        directive(
            "hash for fonts",
            csp -> csp.fontSrc(src -> src.sha256Of("x")),
            "font-src: a hash is ignored here; browsers heed hashes in script and style directives"
                + " only"),
        directive(
            "short hash",
            csp -> csp.scriptSrc(src -> src.hash("sha256-AAAA")),
            "script-src: a SHA-256 digest of 4 characters of Base64; it must be of 32 bytes; use"
                + " sha256Of(..) to compute one"),
        directive(
            "unsafe-inline for images",
            csp -> csp.imgSrc(Sources::unsafeInline),
            "img-src: 'unsafe-inline' has no meaning here; leave it out"),
        directive(
            "unsafe-eval for styles",
            csp -> csp.styleSrc(Sources::unsafeEval),
            "style-src: 'unsafe-eval' has no meaning here; leave it out"),
        directive(
            "unsafe-inline for frames",
            csp -> csp.frameAncestors(Sources::unsafeInline),
            "frame-ancestors: 'unsafe-inline' has no meaning here; leave it out"),
        policy(
            "nothing",
            csp -> {},
            "the policy says nothing; give it a directive, at least default-src"),
        policy(
            "misspelt directive",
            csp -> csp.directive("scrip-src", "'self'"),
            "\"scrip-src\" is no directive; did you mean script-src?"),
        policy(
            "a directive that ends",
            csp -> csp.directive("x;y", "'self'"),
            "\"x;y\" is no directive; known are " + String.join(", ", DirectiveKind.names())),
        policy(
            "a directive with a line",
            csp -> csp.directive("x\r\nY: z", "'self'"),
            "\"x??y: z\" is no directive; known are " + String.join(", ", DirectiveKind.names())),
        policy(
            "obsolete directive",
            csp -> csp.directive("block-all-mixed-content"),
            "\"block-all-mixed-content\" is obsolete; write upgrade-insecure-requests, or nothing"),
        policy(
            "plugin-types",
            csp -> csp.directive("plugin-types", "application/pdf"),
            "\"plugin-types\" is obsolete; write object-src 'none'"),
        policy(
            "a directive twice",
            csp -> csp.imgSrc(Sources::self).imgSrc(Sources::none),
            "\"img-src\" is given twice, and browsers heed the first alone; give all its sources in"
                + " one place"),
        directive(
            "flag with a value",
            csp -> csp.directive("upgrade-insecure-requests", "1"),
            "upgrade-insecure-requests: takes no value but has \"1\"; leave the value out"),
        directive(
            "sandbox flag",
            csp -> csp.sandbox("allow-script"),
            "sandbox: \"allow-script\" is no sandbox flag; did you mean allow-scripts?"),
        directive(
            "trusted types with a semicolon",
            csp -> csp.trustedTypes("a;b"),
            "trusted-types: \"a;b\" is no name of a Trusted Types policy; use letters, digits and # ="
                + " _ / @ . % -, or 'allow-duplicates'"),
        directive(
            "trusted types none with company",
            csp -> csp.trustedTypes("'none'", "a"),
            "trusted-types: 'none' has company; let it stand alone"),
        directive(
            "trusted types for styles",
            csp -> csp.directive("require-trusted-types-for", "'style'"),
            "require-trusted-types-for: takes 'script' but has \"'style'\"; write 'script'"),
        directive(
            "webrtc",
            csp -> csp.directive("webrtc", "deny"),
            "webrtc: takes 'allow' or 'block' but has \"deny\"; write 'allow'"),
        directive(
            "report-to without endpoint",
            csp -> csp.directive("report-to", "csp"),
            "report-to: no such endpoint is declared; call reporting(..), which writes both"),
        directive(
            "report-uri without address",
            csp -> csp.directive("report-uri"),
            "report-uri: names no address; use reporting(..)"),
        directive(
            "report-uri by HTTP",
            csp -> csp.directive("report-uri", "http://a.example/r"),
            "report-uri: \"http://a.example/r\"" + NO_REPORT_ADDRESS),
        policy(
            "a long policy",
            csp ->
                csp.imgSrc(
                    src -> {
                      for (int i = 1000; i < 1400; i++) {
                        src.host(i + ".example");
                      }
                    }),
            "the policy has 5207 characters; keep it at 4096: a nonce stands for many hosts and"
                + " hashes"));
  }

  private static final String ASCII = "; use visible ASCII; write host names in Punycode (xn--)";
  private static final String WILDCARD =
      " lets every host write scripts; name hosts, or use nonce() with strictDynamic()";
  private static final String NO_REPORT_ADDRESS =
      " is no address to report to; use a path like /csp-reports, or https:// with a host and a path";

  static Stream<Arguments> others() {
    return Stream.of(
        bad(
            "sandbox that is not enforced",
            b -> b.cspReportOnly(csp -> csp.sandbox("allow-forms")),
            "Content-Security-Policy-Report-Only sandbox: browsers ignore it here; put it into"
                + " csp(..)"),
        bad(
            "negative HSTS",
            b -> b.hsts(StrictTransport.maxAge(Duration.ofSeconds(-1))),
            "Strict-Transport-Security: max-age is negative, PT-1S; use zero to make browsers forget"),
        bad(
            "eternal HSTS",
            b -> b.hsts(StrictTransport.maxAge(Duration.ofDays(4000))),
            "Strict-Transport-Security: max-age is more than ten years, PT96000H; two years are"
                + " advised"),
        bad(
            "split second of HSTS",
            b -> b.hsts(StrictTransport.maxAge(Duration.ofMillis(1500))),
            "Strict-Transport-Security: max-age has a fraction of a second, PT1.5S; use whole"
                + " seconds"),
        bad(
            "short preload",
            b -> b.hsts(StrictTransport.maxAge(Duration.ofDays(30)).includeSubDomains().preload()),
            "Strict-Transport-Security: preload with a max-age of 2592000 s; the preload list takes"
                + " no less than 31536000 s"),
        bad(
            "preload of one host",
            b -> b.hsts(StrictTransport.maxAge(Duration.ofDays(730)).preload()),
            "Strict-Transport-Security: preload without includeSubDomains; the preload list takes"
                + " whole domains only"),
        bad(
            "unknown feature",
            b -> b.permissions(PermissionsPolicy.none().deny("camra")),
            "Permissions-Policy \"camra\": is no feature that browsers know; did you mean camera?"),
        bad(
            "feature with a line",
            b -> b.permissions(PermissionsPolicy.none().deny("a\nb")),
            "Permissions-Policy \"a?b\": is no feature that browsers know; leave it out, since it"
                + " prints an error to each visitor's console"),
        bad(
            "obsolete feature",
            b -> b.permissions(PermissionsPolicy.none().deny("interest-cohort")),
            "Permissions-Policy \"interest-cohort\": is obsolete; the trial it belonged to (FLoC)"
                + " ended in 2021; leave it out"),
        bad(
            "origin with a path",
            b -> b.permissions(PermissionsPolicy.none().allow("camera", "https://a.example/x")),
            "Permissions-Policy \"camera\": \"https://a.example/x\" is no origin; write self, * or an"
                + " origin like https://maps.example.com, without a path"),
        bad(
            "origin with a quote",
            b -> b.permissions(PermissionsPolicy.none().allow("camera", "a\"b")),
            "Permissions-Policy \"camera\": \"a?b\" is no origin; write self, * or an origin like"
                + " https://maps.example.com, without a path"),
        bad(
            "star with company",
            b -> b.permissions(PermissionsPolicy.none().allow("camera", "*", "self")),
            "Permissions-Policy \"camera\": * has company; let it stand alone"),
        bad(
            "origin twice",
            b -> b.permissions(PermissionsPolicy.none().allow("camera", "self", "self")),
            "Permissions-Policy \"camera\": an origin is there twice; leave one out"),
        bad(
            "reporting by HTTP",
            b -> b.reporting("http://a.example/r"),
            "Reporting-Endpoints: \"http://a.example/r\"" + NO_REPORT_ADDRESS),
        bad(
            "reporting to another host by accident",
            b -> b.reporting("//a.example/r"),
            "Reporting-Endpoints: \"//a.example/r\"" + NO_REPORT_ADDRESS),
        bad(
            "reporting with a quote",
            b -> b.reporting("/r\""),
            "Reporting-Endpoints: \"/r?\"" + NO_REPORT_ADDRESS),
        bad("empty name", b -> b.header("", "x"), "header \"\"" + NO_NAME),
        bad("name with a space", b -> b.header("X Y", "x"), "header \"X Y\"" + NO_NAME),
        bad("name with a colon", b -> b.header("X:", "x"), "header \"X:\"" + NO_NAME),
        bad("name with a line", b -> b.header("X\r\nY", "x"), "header \"X??Y\"" + NO_NAME),
        bad(
            "value with CR",
            b -> b.header("X-A", "a\r\nX-Evil: 1"),
            "header X-A: character 1 of the value is a carriage return; use visible ASCII and spaces"
                + " only"),
        bad(
            "value with NUL",
            b -> b.header("X-A", "\0"),
            "header X-A: character 0 of the value is NUL; use visible ASCII and spaces only"),
        bad(
            "value of Latin-1",
            b -> b.header("X-A", "\u00e9"),
            "header X-A: character 0 of the value is U+00E9; use visible ASCII and spaces only"),
        bad(
            "blank value",
            b -> b.header("X-A", " "),
            "header X-A: the value is blank; give it a value or leave the header out"),
        bad(
            "padded value",
            b -> b.header("X-A", " a"),
            "header X-A: the value begins or ends with a space; strip it"),
        bad(
            "long value",
            b -> b.header("X-A", "a".repeat(5000)),
            "header X-A: the value has 5000 characters; keep it at 4096 or fewer, since proxies drop"
                + " answers with long headers"),
        bad(
            "header twice",
            b -> b.header("X-A", "1").header("x-a", "2"),
            "header \"x-a\": is given twice; give it once"),
        bad(
            "raw CSP",
            b -> b.header("content-security-policy", "default-src *"),
            "header content-security-policy: this header has a method of its own; call csp(..)"),
        bad(
            "raw frame options",
            b -> b.header("X-Frame-Options", "DENY"),
            "header X-Frame-Options: this header has a method of its own; call csp(..) with"
                + " frameAncestors(..), which it follows"),
        bad(
            "pins",
            b -> b.header("Public-Key-Pins", "x"),
            "header Public-Key-Pins: is obsolete; leave it out: a wrong pin locks visitors out for"
                + " months"),
        bad(
            "Expect-CT",
            b -> b.header("Expect-CT", "max-age=1"),
            "header Expect-CT: is obsolete; leave it out: Certificate Transparency is compulsory"
                + " now"),
        bad(
            "Feature-Policy",
            b -> b.header("Feature-Policy", "camera 'none'"),
            "header Feature-Policy: is obsolete; call permissions(..)"),
        bad(
            "length",
            b -> b.header("Content-Length", "1"),
            "header Content-Length: belongs to one answer, not to all; set it in the handler"),
        bad(
            "sniff",
            b -> b.header("X-Content-Type-Options", "sniff"),
            "header X-Content-Type-Options: \"sniff\" is no value that browsers know; write nosniff"),
        bad(
            "XSS filter with a report",
            b -> b.header("X-XSS-Protection", "2"),
            "header X-XSS-Protection: \"2\" is no value that browsers know; write 0 or 1 or 1;"
                + " mode=block"),
        bad(
            "set and removed",
            b -> b.header("X-A", "1").remove("x-a"),
            "header x-a: is both set and removed; decide for one"),
        bad(
            "needed and removed",
            b -> b.remove("Content-Type"),
            "header Content-Type: is needed by its answer; do not remove it"),
        bad("removed line", b -> b.remove("a\nb"), "header \"a?b\"" + NO_NAME),
        bad(
            "nonce that is stored",
            b -> b.csp(csp -> csp.scriptSrc(Sources::nonce)).cacheControl("max-age=60"),
            "Cache-Control: \"max-age=60\" lets a page be stored whose nonce is for one answer; write"
                + " no-store, or a policy without a nonce for this path"),
        bad(
            "caching with a line",
            b -> b.cacheControl("no-store\n"),
            "Cache-Control: character 8 of the value is a line feed; use visible ASCII and spaces"
                + " only"));
  }

  private static final String NO_NAME =
      ": is no header name; use 1 to 100 letters, digits and hyphens";

  private static Arguments source(String name, String source, String fault) {
    return directive(
        "source: " + name, csp -> csp.connectSrc(src -> src.add(source)), "connect-src: " + fault);
  }

  private static Arguments directive(String name, Consumer<CspBuilder> change, String fault) {
    return bad(name, b -> b.csp(change), CSP + fault);
  }

  private static Arguments policy(String name, Consumer<CspBuilder> change, String fault) {
    return bad(name, b -> b.csp(change), "Content-Security-Policy: " + fault);
  }

  private static Arguments bad(
      String name, Consumer<SecurityHeadersBuilder> change, String... faults) {
    return Arguments.of(name, change, List.of(faults));
  }
}
