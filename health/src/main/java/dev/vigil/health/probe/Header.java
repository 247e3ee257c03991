package dev.vigil.health.probe;

import java.util.Locale;

/** A request header. Its value may be a secret and is never printed. */
final class Header {

  private static final String[] SECRET_NAMES = {"auth", "cookie", "token", "secret", "key", "pass"};

  private final String name;
  private final String value;

  private Header(String name, String value) {
    this.name = name;
    this.value = value;
  }

  static Header bearer(String token) {
    return new Header("Authorization", "Bearer ".concat(token));
  }

  /**
   * Reads {@code Name: value}.
   *
   * @param source where the line stands, for the message
   * @throws WrongUsage unless the name is a token and the value printable ASCII (RFC 9110, 5.1 and
   *     5.5)
   */
  static Header parse(String line, String source) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon);
    String value = line.substring(colon + 1).strip();
    if (!isToken(name) || !isPrintable(value)) {
      throw new WrongUsage(source + " must be 'Name: value' in printable ASCII");
    }
    return new Header(name, value);
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }

  /** Whether the name says that the value is nobody's business. */
  boolean secret() {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String part : SECRET_NAMES) {
      if (lower.contains(part)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name.concat(": ***");
  }

  static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~' || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
