package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/**
 * User and password before a URL's host (RFC 3986, 3.2.1), for any scheme: {@code https}, {@code
 * redis}, {@code jdbc:mysql}; and Oracle's {@code jdbc:oracle:thin:user/password@}.
 *
 * <p>Hides the password and keeps the user, unless that is long enough to be a token itself.
 */
final class UrlCredentials {

  /** Room for a token as user and another as password. */
  private static final int LONGEST = 512;

  private static final int SHORTEST_TOKEN = 16;

  private UrlCredentials() {}

  /** At the colon of {@code ://}. */
  static long at(CharSequence text, int colon) {
    int start = colon + "://".length();
    int end = lastAt(text, start);
    if (end < 0) {
      end = atBehindOddPassword(text, start);
    }
    if (end < 0) {
      return Span.NONE;
    }
    int password = start;
    while (password < end && text.charAt(password) != ':') {
      password++;
    }
    int from = password - start >= SHORTEST_TOKEN ? start : Math.min(password + 1, end);
    return Chars.isHidden(text, from, end) ? Span.NONE : Span.of(from, end);
  }

  /** The last at sign of the authority, since passwords hold unescaped ones; or -1. */
  private static int lastAt(CharSequence text, int start) {
    int last = -1;
    int most = Math.min(text.length(), start + LONGEST);
    for (int i = start; i < most; i++) {
      char c = text.charAt(i);
      if (c == '/' || c == '?' || c == '#' || endsUrl(c)) {
        break;
      }
      if (c == '@') {
        last = i;
      }
    }
    return last;
  }

  /** The at sign behind a password with an unescaped slash in it, told from a port; or -1. */
  private static int atBehindOddPassword(CharSequence text, int start) {
    boolean password = false;
    int most = Math.min(text.length(), start + LONGEST);
    for (int i = start; i < most; i++) {
      char c = text.charAt(i);
      if (endsUrl(c)
          || Chars.startsWith(text, i, "://") // the next URL
          || (!password && (c == '/' || c == '[' || c == '?' || c == '#'))) {
        return -1;
      }
      if (password && c == '@') {
        return i;
      }
      if (!password && c == ':') {
        password = i + 1 < most && text.charAt(i + 1) != '/' && !Ascii.isDigit(text.charAt(i + 1));
        if (!password) {
          return -1;
        }
      }
    }
    return -1;
  }

  private static boolean endsUrl(char c) {
    return c <= ' ' || Chars.isQuote(c) || c == '<' || c == '>' || c == '\\';
  }

  /** At an at sign: {@code jdbc:oracle:thin:scott/tiger@db}. */
  static long oracleAt(CharSequence text, int at) {
    int slash = -1;
    int least = Math.max(0, at - 128);
    for (int i = at - 1; i >= least; i--) {
      char c = text.charAt(i);
      if (endsUrl(c)
          || Chars.startsWith(text, i, "://") // the next URL
          || c == '@') {
        return Span.NONE;
      }
      if (c == '/') {
        slash = i;
      } else if (c == ':' && slash > i) {
        boolean oracle =
            Chars.startsWith(text, i - ":thin".length(), ":thin")
                || Chars.startsWith(text, i - ":oci".length(), ":oci");
        return oracle && !Chars.isHidden(text, slash + 1, at) ? Span.of(slash + 1, at) : Span.NONE;
      }
    }
    return Span.NONE;
  }

  /**
   * At an at sign: {@code user:x@tcp(host)}, as Go's MySQL driver has it, and {@code
   * user:x@host:5432}. Without a port it may be {@code mailto:pat@host}.
   */
  static long withoutSchemeAt(CharSequence text, int at) {
    int colon = at - 1;
    int least = Math.max(0, at - 64);
    while (colon > least && text.charAt(colon) != ':') {
      if (endsUrl(text.charAt(colon)) || text.charAt(colon) == '@') {
        return Span.NONE;
      }
      colon--;
    }
    boolean user = colon > least && Ascii.isAlphanumeric(text.charAt(colon - 1));
    return user && isServer(text, at + 1) && !Chars.isHidden(text, colon + 1, at)
        ? Span.of(colon + 1, at)
        : Span.NONE;
  }

  private static boolean isServer(CharSequence text, int start) {
    if (Chars.startsWith(text, start, "tcp(") || Chars.startsWith(text, start, "unix(")) {
      return true;
    }
    int end = start;
    while (end < text.length() && end - start < 128 && isHost(text.charAt(end))) {
      end++;
    }
    return end > start
        && end + 1 < text.length()
        && text.charAt(end) == ':'
        && Ascii.isDigit(text.charAt(end + 1));
  }

  private static boolean isHost(char c) {
    return Ascii.isAlphanumeric(c) || c == '.' || c == '-';
  }
}
