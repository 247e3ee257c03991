package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** Payment card numbers: an issuer's prefix, its length, and Luhn's check digit. */
final class CardNumbers {

  private static final int SHORTEST = 14;
  private static final int LONGEST = 19;

  /** How cards print their numbers: 4-4-4-4, 4-4-4-4-3 (19), American Express, Diners Club. */
  private static final int[][] GROUPS = {{4, 4, 4, 4}, {4, 4, 4, 4, 3}, {4, 6, 5}, {4, 6, 4}};

  private CardNumbers() {}

  /** The number that begins here, where no digit stands before. */
  static long at(CharSequence text, int at) {
    return at(text, at, Chars.alphanumericEnd(text, at));
  }

  /**
   * The number that begins here.
   *
   * @param run where the run of digits, or of digits and letters, ends
   */
  static long at(CharSequence text, int at, int run) {
    int length = run - at;
    if (length == 4 ? !isGroup(text, run) : length < SHORTEST || length > LONGEST) {
      return Span.NONE;
    }
    boolean apart =
        Chars.startsWord(text, at)
            && !(at > 1 && isJoint(text.charAt(at - 1)) && Ascii.isDigit(text.charAt(at - 2)));
    if (!apart) {
      return Span.NONE;
    }
    if (length >= SHORTEST) {
      return endsApart(text, run) && isCard(text, at, run) ? Span.of(at, run) : Span.NONE;
    }
    for (int[] groups : GROUPS) {
      int end = groupsEnd(text, at, groups);
      if (end > 0 && endsApart(text, end) && isCard(text, at, end)) {
        return Span.of(at, end);
      }
    }
    return Span.NONE;
  }

  /** Whether another group may follow. */
  private static boolean isGroup(CharSequence text, int end) {
    return end + 1 < text.length()
        && (text.charAt(end) == ' ' || text.charAt(end) == '-')
        && Ascii.isDigit(text.charAt(end + 1));
  }

  /** The end of groups of these lengths with one and the same separator; -1 where they are not. */
  private static int groupsEnd(CharSequence text, int at, int[] groups) {
    int end = at;
    char separator = 0;
    for (int group : groups) {
      if (end > at) {
        char c = end < text.length() ? text.charAt(end) : 0;
        if ((c != ' ' && c != '-') || (separator != 0 && c != separator)) {
          return -1;
        }
        separator = c;
        end++;
      }
      for (int i = 0; i < group; i++, end++) {
        if (end == text.length() || !Ascii.isDigit(text.charAt(end))) {
          return -1;
        }
      }
    }
    return end;
  }

  private static boolean endsApart(CharSequence text, int end) {
    if (end == text.length()) {
      return true;
    }
    char c = text.charAt(end);
    boolean goesOn = isJoint(c) && end + 1 < text.length() && Ascii.isDigit(text.charAt(end + 1));
    return !Ascii.isAlphanumeric(c) && !goesOn;
  }

  /** What joins the parts of one longer number: a UUID, a decimal fraction, a version. */
  private static boolean isJoint(char c) {
    return c == '-' || c == '.';
  }

  private static boolean isCard(CharSequence text, int from, int to) {
    int sum = 0;
    int digits = 0;
    for (int i = to - 1; i >= from; i--) {
      char c = text.charAt(i);
      if (Ascii.isDigit(c)) {
        int value = (c - '0') << (digits++ % 2);
        sum += value > 9 ? value - 9 : value;
      } else if (Ascii.isLetter(c)) {
        return false;
      }
    }
    return sum % 10 == 0 && isIssued(text, from, digits);
  }

  /**
   * Whether an issuer has this prefix with this length (ISO/IEC 7812: Visa, Mastercard, American
   * Express, Diners Club, Discover, JCB, UnionPay). Keeps most order numbers, and milliseconds
   * since 1970, out.
   */
  private static boolean isIssued(CharSequence text, int from, int digits) {
    int two = prefix(text, from, 2);
    int four = prefix(text, from, 4);
    return switch (digits) {
      case 14 -> two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059);
      case 15 -> two == 34 || two == 37;
      case 16 ->
          two / 10 == 4
              || (two >= 51 && two <= 55)
              || (four >= 2221 && four <= 2720)
              || isLong(two, four);
      case 17, 18, 19 -> (digits == 19 && two / 10 == 4) || isLong(two, four);
      default -> false;
    };
  }

  /** Discover, JCB and UnionPay issue 16 to 19 digits. */
  private static boolean isLong(int two, int four) {
    return four == 6011 || two == 62 || two == 64 || two == 65 || (four >= 3528 && four <= 3589);
  }

  private static int prefix(CharSequence text, int from, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      value = value * 10 + (text.charAt(from + i) - '0'); // the first group has four
    }
    return value;
  }
}
