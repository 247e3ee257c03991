package dev.vigil.headers;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.Quoted;

/**
 * What may stand in a header line (RFC 9110, 5.1 and 5.5): a token as the name, visible ASCII and
 * single spaces as the value. Containers mangle the rest silently, so it is refused here.
 */
final class HeaderText {

  /**
   * Many proxies stop at 4 to 8 KiB for all headers together, so no single one may take more than
   * half of that.
   */
  static final int LONGEST = 4096;

  private static final int LONGEST_NAME = 100;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private HeaderText() {}

  static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(c -> Ascii.isAlphanumeric((char) c) || TOKEN_MARKS.indexOf(c) >= 0);
  }

  static boolean checkName(String name, Faults faults) {
    if (isToken(name) && name.length() <= LONGEST_NAME) {
      return true;
    }
    faults.add(
        "header " + Quoted.of(name),
        "is no header name",
        "use 1 to " + LONGEST_NAME + " letters, digits and hyphens");
    return false;
  }

  static boolean checkValue(String where, String value, Faults faults) {
    if (value.isBlank()) {
      faults.add(where, "the value is blank", "give it a value or leave the header out");
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        faults.add(
            where,
            "character " + i + " of the value is " + name(c),
            "use visible ASCII and spaces only");
        return false;
      }
    }
    if (value.startsWith(" ") || value.endsWith(" ")) {
      faults.add(where, "the value begins or ends with a space", "strip it");
      return false;
    }
    return checkLength(where, value, faults);
  }

  static boolean checkLength(String where, String value, Faults faults) {
    if (value.length() > LONGEST) {
      faults.add(
          where,
          "the value has " + value.length() + " characters",
          "keep it at " + LONGEST + " or fewer, since proxies drop answers with long headers");
      return false;
    }
    return true;
  }

  /** A character for people, without letting it act. */
  static String name(char c) {
    return switch (c) {
      case '\r' -> "a carriage return";
      case '\n' -> "a line feed";
      case '\t' -> "a tab";
      case 0 -> "NUL";
      default -> String.format(java.util.Locale.ROOT, "U+%04X", (int) c);
    };
  }
}
