package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import java.util.List;

/**
 * Keys whose issuers gave them a shape to be found by: AWS, GitHub, GitLab, Google, npm, OpenAI,
 * SendGrid, Shopify, Slack, Stripe; and JSON Web Tokens.
 *
 * @see <a
 *     href="https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns">GitHub's
 *     list of such shapes</a>
 */
final class Tokens {

  /**
   * One shape.
   *
   * @param prefix what it begins with
   * @param sign the prefix's first character that is no letter or digit, where a text is looked at
   * @param shortest the least number of characters behind the prefix
   * @param hides whether the prefix is hidden too; else only what follows
   */
  private record Shape(String prefix, int sign, int shortest, boolean hides) {

    static Shape of(String prefix, int shortest) {
      return new Shape(prefix, firstSign(prefix), shortest, true);
    }

    /** A URL in which what follows is the secret. */
    static Shape url(String prefix) {
      return new Shape(prefix, firstSign(prefix), 8, false);
    }

    private static int firstSign(String prefix) {
      int sign = 0;
      while (Ascii.isAlphanumeric(prefix.charAt(sign))) {
        sign++;
      }
      return sign;
    }
  }

  private static final List<Shape> UNDERSCORE =
      List.of(
          Shape.of("ghp_", 16),
          Shape.of("gho_", 16),
          Shape.of("ghu_", 16),
          Shape.of("ghs_", 16),
          Shape.of("ghr_", 16),
          Shape.of("github_pat_", 16),
          Shape.of("sk_live_", 8),
          Shape.of("sk_test_", 8),
          Shape.of("rk_live_", 8),
          Shape.of("rk_test_", 8),
          Shape.of("whsec_", 8),
          Shape.of("npm_", 30),
          Shape.of("shpat_", 30));

  private static final List<Shape> DASH =
      List.of(
          Shape.of("xoxb-", 8),
          Shape.of("xoxp-", 8),
          Shape.of("xoxa-", 8),
          Shape.of("xoxr-", 8),
          Shape.of("xoxs-", 8),
          Shape.of("xoxe-", 8),
          Shape.of("xapp-", 8),
          Shape.of("glpat-", 16),
          Shape.of("GOCSPX-", 16),
          Shape.of("sk-proj-", 20),
          Shape.of("sk-ant-", 20));

  private static final List<Shape> DOT =
      List.of(
          Shape.of("ya29.", 16),
          Shape.of("SG.", 30),
          Shape.url("hooks.slack.com/services/"),
          Shape.url("hooks.slack.com/workflows/"),
          Shape.url("hooks.slack.com/triggers/"),
          Shape.url("discord.com/api/webhooks/"));

  /** What stands before the sign of some shape: refuses nearly every other dash and dot. */
  private static final boolean[] BEFORE_SIGN = new boolean[128];

  static {
    for (List<Shape> shapes : List.of(UNDERSCORE, DASH, DOT)) {
      shapes.forEach(shape -> BEFORE_SIGN[shape.prefix().charAt(shape.sign() - 1)] = true);
    }
  }

  private Tokens() {}

  /** At an underscore, a dash or a dot. */
  static long at(CharSequence text, int sign) {
    char before = sign == 0 ? ' ' : text.charAt(sign - 1);
    if (before >= BEFORE_SIGN.length || !BEFORE_SIGN[before]) {
      return Span.NONE;
    }
    List<Shape> shapes =
        switch (text.charAt(sign)) {
          case '_' -> UNDERSCORE;
          case '-' -> DASH;
          default -> DOT;
        };
    for (int i = 0; i < shapes.size(); i++) {
      Shape shape = shapes.get(i);
      int start = sign - shape.sign();
      if (Chars.startsWith(text, start, shape.prefix()) && Chars.startsWord(text, start)) {
        int body = start + shape.prefix().length();
        int end = body;
        while (end < text.length() && isBody(text.charAt(end), !shape.hides())) {
          end++;
        }
        return end - body >= shape.shortest()
            ? Span.of(shape.hides() ? start : body, end)
            : Span.NONE;
      }
    }
    return Span.NONE;
  }

  private static boolean isBody(char c, boolean path) {
    return Chars.isToken(c) || c == '.' || (path && c == '/');
  }

  /** At an A: AWS access key ids (AKIA, and ASIA for temporary ones) and Google API keys. */
  static long cloudKeyAt(CharSequence text, int at) {
    boolean aws = Chars.startsWith(text, at, "AKIA") || Chars.startsWith(text, at, "ASIA");
    boolean google = Chars.startsWith(text, at, "AIza");
    if (!(aws || google) || !Chars.startsWord(text, at)) {
      return Span.NONE;
    }
    int end = at + 4;
    while (end < text.length()
        && (aws ? isUpper(text.charAt(end)) : Chars.isToken(text.charAt(end)))) {
      end++;
    }
    // 20 characters and 39, by their issuers' documentation; longer ones have been announced.
    return end - at >= (aws ? 20 : 35) ? Span.of(at, end) : Span.NONE;
  }

  private static boolean isUpper(char c) {
    return Ascii.isDigit(c) || (c >= 'A' && c <= 'Z');
  }

  /** At an e: a JSON Web Token (RFC 7519), whose header begins with a brace and a quote. */
  static long jwtAt(CharSequence text, int at) {
    if (!Chars.startsWith(text, at, "eyJ") || !Chars.startsWord(text, at)) {
      return Span.NONE;
    }
    int dots = 0;
    int end = at;
    while (end < text.length() && (Chars.isToken(text.charAt(end)) || text.charAt(end) == '.')) {
      dots += text.charAt(end) == '.' ? 1 : 0;
      end++;
    }
    if (dots == 0) {
      return Span.skip(end); // the run may hold many such beginnings
    }
    return end - at >= 20 ? Span.of(at, end) : Span.NONE;
  }
}
