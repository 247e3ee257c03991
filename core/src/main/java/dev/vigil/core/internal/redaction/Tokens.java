package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/**
 * Keys whose issuers gave them a shape to be found by, and JSON Web Tokens.
 *
 * @see <a
 *     href="https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns">GitHub's
 *     list of such shapes</a>
 */
final class Tokens {

  /** A key of hexadecimal digits behind a short prefix. */
  private static final int HEXADECIMAL = 32;

  private static final int SHORTEST_RUN = 24;

  private Tokens() {}

  /** Whether some shape has {@code sign} behind {@code before}: refuses nearly every other one. */
  static boolean isBeforeSign(char before, char sign) {
    return TokenShape.of(before, sign).length > 0;
  }

  /** At an underscore, a dash or a dot. */
  static long at(CharSequence text, int sign) {
    if (sign == 0 || sign + 1 == text.length() || !Chars.isToken(text.charAt(sign + 1))) {
      return Span.NONE;
    }
    for (TokenShape shape : TokenShape.of(text.charAt(sign - 1), text.charAt(sign))) {
      int start = sign - shape.sign();
      if (Chars.startsWith(text, start, shape.prefix()) && Chars.startsWord(text, start)) {
        int body = start + shape.prefix().length();
        int end = body;
        while (end < text.length() && shape.isBody(text.charAt(end))) {
          end++;
        }
        if (end - body >= shape.shortest()) {
          return Span.of(shape.hides() ? start : body, end);
        }
      }
    }
    return Span.NONE;
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

  /** At a colon: a Telegram bot's number and its token, {@code 110201543:AAHdqTcvCH1vGWJx...}. */
  static long telegramAt(CharSequence text, int colon) {
    int body = colon + 1;
    if (colon == 0
        || !Ascii.isDigit(text.charAt(colon - 1))
        || !Chars.startsWith(text, body, "AA")) {
      return Span.NONE;
    }
    int end = body;
    while (end < text.length() && Chars.isToken(text.charAt(end))) {
      end++;
    }
    return end - body >= 16 ? Span.of(body, end) : Span.NONE;
  }

  /**
   * A run of letters and digits, in which no other shape can begin: Twilio's SK and 32 hexadecimal
   * digits, Databricks' dapi and as many, Atlassian's ATATT3 and more.
   *
   * @param at where letters and digits meet in it for the first time
   * @param end where it ends
   */
  static long runAt(CharSequence text, int at, int end) {
    if (end - at < SHORTEST_RUN) {
      return uuidOrSkip(text, at, end);
    }
    int start = at;
    while (start > 0 && at - start < 8 && Ascii.isAlphanumeric(text.charAt(start - 1))) {
      start--;
    }
    if (Chars.startsWith(text, start, "ATATT3")) {
      int tokenEnd = end;
      while (tokenEnd < text.length() && isAtlassian(text.charAt(tokenEnd))) {
        tokenEnd++;
      }
      return Span.of(start, tokenEnd);
    }
    boolean twilio = Chars.startsWith(text, start, "SK") && isHexadecimal(text, start + 2, end);
    boolean databricks =
        Chars.startsWith(text, start, "dapi") && isHexadecimal(text, start + 4, end);
    return twilio || databricks ? Span.of(start, end) : Span.skip(end);
  }

  /** Behind a UUID, of which logs are full; {@code end} is where its first group would end. */
  private static long uuidOrSkip(CharSequence text, int at, int end) {
    int last = end + "-0000-0000-0000-".length();
    boolean uuid =
        at > end - 8
            && last < text.length()
            && text.charAt(end) == '-'
            && text.charAt(end + 5) == '-'
            && text.charAt(end + 10) == '-'
            && text.charAt(last - 1) == '-'
            && Ascii.isAlphanumeric(text.charAt(last));
    return Span.skip(uuid ? last : end);
  }

  private static boolean isAtlassian(char c) {
    return Chars.isToken(c) || c == '=';
  }

  private static boolean isHexadecimal(CharSequence text, int from, int to) {
    if (to - from != HEXADECIMAL) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Ascii.isDigit(c) && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
