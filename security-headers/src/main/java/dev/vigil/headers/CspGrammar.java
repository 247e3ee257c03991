package dev.vigil.headers;

import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What makes a Content-Security-Policy one that browsers read as it was meant.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
final class CspGrammar {

  /** HTML, 7.1.5: the sandboxing flags that can be lifted. */
  private static final List<String> SANDBOX =
      List.of(
          "allow-downloads",
          "allow-forms",
          "allow-modals",
          "allow-orientation-lock",
          "allow-pointer-lock",
          "allow-popups",
          "allow-popups-to-escape-sandbox",
          "allow-presentation",
          "allow-same-origin",
          "allow-scripts",
          "allow-storage-access-by-user-activation",
          "allow-top-navigation",
          "allow-top-navigation-by-user-activation",
          "allow-top-navigation-to-custom-protocols");

  private static final Pattern TRUSTED_TYPE =
      Pattern.compile("[A-Za-z0-9#=_/@.%-]+|\\*|'none'|'allow-duplicates'");
  private static final Pattern GROUP = Pattern.compile("[A-Za-z*][A-Za-z0-9_.*-]*");

  private final String header;
  private final Faults faults;

  CspGrammar(String header, Faults faults) {
    this.header = header;
    this.faults = faults;
  }

  void check(List<Directive> directives) {
    directives.forEach(this::check);
    int length = String.join("; ", directives.stream().map(Directive::toString).toList()).length();
    if (length > HeaderText.LONGEST) {
      faults.add(
          header,
          "the policy has " + length + " characters",
          "keep it at " + HeaderText.LONGEST + ": a nonce stands for many hosts and hashes");
    }
  }

  private void check(Directive directive) {
    String name = directive.name();
    DirectiveKind kind = DirectiveKind.of(name);
    if (kind == null) {
      String instead = DirectiveKind.insteadOf(name);
      faults.add(
          header,
          Quoted.of(name) + (instead == null ? " is no directive" : " is obsolete"),
          instead != null
              ? instead
              : NearestName.of(name, DirectiveKind.names())
                  .map(near -> "did you mean " + near + "?")
                  .orElse("known are " + String.join(", ", DirectiveKind.names())));
      return;
    }
    if (kind.takesSources()) {
      checkSources(directive, kind);
    } else {
      checkTokens(directive, kind);
    }
  }

  private void checkSources(Directive directive, DirectiveKind kind) {
    String where = header + " " + directive.name();
    if (directive.values().isEmpty()) {
      faults.add(where, "no source is named", "write 'none' if nothing is allowed");
    }
    SourceCheck check = new SourceCheck(where, directive.name(), kind, faults);
    Set<String> seen = new HashSet<>();
    List<String> keywords = new ArrayList<>();
    for (String source : directive.values()) {
      check.check(source);
      String key = source.startsWith("'") ? source.toLowerCase(Locale.ROOT) : source;
      if (SourceCheck.KEYWORDS.contains(key)) {
        keywords.add(key);
      }
      // Base64 has letter case, keywords have none.
      if (!seen.add(SourceCheck.KEYWORDS.contains(key) ? key : source)) {
        faults.add(where, Quoted.of(source) + " is there twice", "leave one out");
      }
    }
    if (keywords.contains("'none'") && directive.values().size() > 1) {
      faults.add(
          where,
          "'none' has company, which makes browsers ignore it",
          "leave 'none' out or let it stand alone");
    }
    if (keywords.contains("'strict-dynamic'")
        && directive.values().stream().noneMatch(CspGrammar::isNonceOrHash)) {
      faults.add(where, "'strict-dynamic' without a nonce or hash allows no script", "add nonce()");
    }
    if (keywords.contains("'unsafe-hashes'")
        && directive.values().stream().noneMatch(source -> source.startsWith("'sha"))) {
      faults.add(where, "'unsafe-hashes' without a hash allows nothing", "add hash(..)");
    }
  }

  static boolean isNonceOrHash(String source) {
    return source.equals(ContentSecurityPolicy.NONCE) || source.startsWith("'sha");
  }

  private void checkTokens(Directive directive, DirectiveKind kind) {
    String where = header + " " + directive.name();
    List<String> values = directive.values();
    switch (kind) {
      case FLAG -> {
        if (!values.isEmpty()) {
          faults.add(where, "takes no value but has " + quoted(values), "leave the value out");
        }
      }
      case SANDBOX ->
          values.stream()
              .filter(value -> !SANDBOX.contains(value))
              .forEach(
                  value ->
                      faults.add(
                          where,
                          Quoted.of(value) + " is no sandbox flag",
                          NearestName.of(value, SANDBOX)
                              .map(near -> "did you mean " + near + "?")
                              .orElse("known are " + String.join(", ", SANDBOX))));
      case TRUSTED_TYPES -> {
        values.stream()
            .filter(value -> !TRUSTED_TYPE.matcher(value).matches())
            .forEach(
                value ->
                    faults.add(
                        where,
                        Quoted.of(value) + " is no name of a Trusted Types policy",
                        "use letters, digits and # = _ / @ . % -, or 'allow-duplicates'"));
        if (values.contains("'none'") && values.size() > 1) {
          faults.add(where, "'none' has company", "let it stand alone");
        }
      }
      case REQUIRE_TRUSTED_TYPES -> exactly(where, values, List.of("'script'"));
      case WEBRTC -> exactly(where, values, List.of("'allow'", "'block'"));
      case REPORT_TO -> {
        if (values.size() != 1 || !GROUP.matcher(values.get(0)).matches()) {
          faults.add(
              where, "takes one endpoint's name but has " + quoted(values), "use reporting(..)");
        }
      }
      case REPORT_URI -> {
        if (values.isEmpty()) {
          faults.add(where, "names no address", "use reporting(..)");
        }
        values.forEach(value -> Reporting.checkAddress(where, value, faults));
      }
      default -> throw new AssertionError(kind);
    }
  }

  private void exactly(String where, List<String> values, List<String> allowed) {
    if (values.size() != 1 || !allowed.contains(values.get(0))) {
      faults.add(
          where,
          "takes " + String.join(" or ", allowed) + " but has " + quoted(values),
          "write " + allowed.get(0));
    }
  }

  private static String quoted(List<String> values) {
    return values.isEmpty() ? "nothing" : Quoted.of(String.join(" ", values));
  }
}
