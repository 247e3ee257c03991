package dev.vigil.headers;

import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges one source expression of a directive, by CSP Level 3, 2.3.1.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/#framework-directive-source-list">CSP Level 3, 2.3.1</a>
 */
final class SourceCheck {

  static final List<String> KEYWORDS =
      List.of(
          "'self'",
          "'none'",
          "'unsafe-inline'",
          "'unsafe-eval'",
          "'wasm-unsafe-eval'",
          "'unsafe-hashes'",
          "'strict-dynamic'",
          "'report-sample'",
          "'inline-speculation-rules'");

  private static final int LONGEST = 512;

  private static final Pattern HASH =
      Pattern.compile("'sha(256|384|512)-([A-Za-z0-9+/_-]+={0,2})'");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
  private static final Pattern HOST =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*://)?(\\*|(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)"
              + "(?::(?:[0-9]{1,5}|\\*))?(?:/[A-Za-z0-9._~!$&'()*+=:@%/-]*)?");

  private final String where;
  private final String directive;
  private final DirectiveKind kind;
  private final Faults faults;

  SourceCheck(String where, String directive, DirectiveKind kind, Faults faults) {
    this.where = where;
    this.directive = directive;
    this.kind = kind;
    this.faults = faults;
  }

  void check(String source) {
    if (!checkCharacters(source)) {
      return;
    }
    String lower = source.toLowerCase(Locale.ROOT);
    if (source.equals(ContentSecurityPolicy.NONCE)) {
      if (!kind.takesNonce()) {
        fault("a nonce is ignored here", "browsers heed nonces in script-src and style-src only");
      }
    } else if (source.startsWith("'") || source.endsWith("'")) {
      checkQuoted(source, lower);
    } else if (KEYWORDS.contains("'" + lower + "'")) {
      fault(Quoted.of(source) + " needs single quotes", "write '" + lower + "'");
    } else if (lower.startsWith("nonce-") || lower.matches("sha(256|384|512)-.*")) {
      fault(Quoted.of(source) + " needs single quotes", "use nonce() or hash(..)");
    } else {
      checkAddress(source, lower);
    }
  }

  private boolean checkCharacters(String source) {
    if (source.isEmpty()) {
      fault("a source is empty", "leave it out");
      return false;
    }
    if (source.length() > LONGEST) {
      fault("a source has " + source.length() + " characters", "keep it at " + LONGEST);
      return false;
    }
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == ';' || c == ',') {
        fault(
            Quoted.of(source)
                + " holds '"
                + c
                + "', which would end the "
                + (c == ';' ? "directive" : "policy"),
            c == ';' ? "escape it as %3B" : "escape it as %2C");
        return false;
      }
      if (c == ' ') {
        fault(Quoted.of(source) + " holds a space", "give each source by itself");
        return false;
      }
      if (c < ' ' || c > '~') {
        fault(
            Quoted.of(source) + " holds " + HeaderText.name(c),
            "use visible ASCII; write host names in Punycode (xn--)");
        return false;
      }
    }
    return true;
  }

  private void checkQuoted(String source, String lower) {
    Matcher hash = HASH.matcher(source);
    if (KEYWORDS.contains(lower)) {
      if (!kind.takesKeyword(lower)) {
        fault(lower + " has no meaning here", "leave it out");
      }
    } else if (lower.startsWith("'nonce-")) {
      fault(
          "a nonce that is the same in every answer protects nothing",
          "use nonce(), in text " + ContentSecurityPolicy.NONCE);
    } else if (hash.matches()) {
      checkHash(hash.group(1), hash.group(2));
    } else {
      fault(
          Quoted.of(source) + " is no keyword and no hash",
          NearestName.of(lower, KEYWORDS)
              .map(near -> "did you mean " + near + "?")
              .orElse("keywords are " + String.join(" ", KEYWORDS)));
    }
  }

  private void checkHash(String bits, String digest) {
    int bytes = Integer.parseInt(bits) / 8;
    int characters = digest.replace("=", "").length();
    if (characters != (bytes * 4 + 2) / 3) {
      fault(
          "a SHA-" + bits + " digest of " + characters + " characters of Base64",
          "it must be of " + bytes + " bytes; use sha256Of(..) to compute one");
    } else if (!kind.takesHash()) {
      fault("a hash is ignored here", "browsers heed hashes in script and style directives only");
    }
  }

  private void checkAddress(String source, String lower) {
    if (SCHEME.matcher(source).matches()) {
      if (isScript() && (lower.equals("data:") || (lower.equals("blob:") && isObject()))) {
        fault(lower + " lets anyone write the script", "serve scripts from files or use a nonce");
      }
      return;
    }
    Matcher host = HOST.matcher(source);
    if (!host.matches()) {
      fault(
          Quoted.of(source) + " is no host, scheme or keyword",
          "write https://cdn.example.com, *.example.com, data: or 'self'");
    } else if (host.group(2).equals("*") && isScript()) {
      fault(
          Quoted.of(source) + " lets every host write scripts",
          "name hosts, or use nonce() with strictDynamic()");
    }
  }

  /** Whether what is loaded here can act as the page. */
  private boolean isScript() {
    return kind == DirectiveKind.SCRIPT
        || kind == DirectiveKind.DEFAULT
        || isObject()
        || directive.equals("base-uri");
  }

  private boolean isObject() {
    return directive.equals("object-src");
  }

  private void fault(String what, String fix) {
    faults.add(where, what, fix);
  }
}
