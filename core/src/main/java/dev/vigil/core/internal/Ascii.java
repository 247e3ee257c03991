package dev.vigil.core.internal;

/** Character classes of ASCII alone, where {@link Character} would count other scripts in. */
public final class Ascii {

  private Ascii() {}

  /** 0 to 9. */
  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A to Z, a to z. */
  public static boolean isLetter(char c) {
    char lower = (char) (c | 0x20);
    return lower >= 'a' && lower <= 'z';
  }

  /** A letter or a digit. */
  public static boolean isAlphanumeric(char c) {
    return isLetter(c) || isDigit(c);
  }

  /** The value of a hexadecimal digit, or -1. */
  public static int hexValue(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
