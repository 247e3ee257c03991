package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;

/** Which words look made and not written: letters and digits in one, or Base64. */
final class Words {

  /** Shorter than the shortest password that anyone accepts is no password. */
  private static final int SHORTEST = 6;

  /** Made of letters and digits, and still words of prose about secrets. */
  private static final String[] PROSE =
      "sha256 sha384 sha512 argon2 argon2id pbkdf2 base32 base64 oauth2 pkcs12".split(" ", -1);

  /** Longer ones are looked at no further. */
  private static final int LONGEST_USER_INFO = 512;

  private Words() {}

  /** The end of a word, without the punctuation of the sentence that it stands in. */
  static int end(CharSequence text, int start) {
    int end = start;
    while (end < text.length() && !Chars.isBlank(text.charAt(end))) {
      char c = text.charAt(end);
      if (Chars.isQuote(c) || c == ',' || c == '<') {
        break;
      }
      end++;
    }
    while (end > start && ".;:!?)]}".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /** Base64 in its look: a digit, padding or a capital inside, and no key with a value. */
  static boolean isEncoded(CharSequence text, int start, int end, boolean capitals) {
    boolean encoded = Ascii.isDigit(text.charAt(start));
    for (int i = start + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '=' && i + 2 < end) {
        return false;
      }
      encoded |= Ascii.isDigit(c) || c == '=' || (capitals && c >= 'A' && c <= 'Z');
    }
    return encoded;
  }

  /** Whether this is Base64 of a user, a colon and a password (RFC 7617). */
  static boolean isUserInfo(CharSequence text, int start, int end) {
    if (end - start > LONGEST_USER_INFO) {
      return false;
    }
    int bits = 0;
    int count = 0;
    boolean colon = false;
    for (int i = start; i < end; i++) {
      int value = base64(text.charAt(i));
      if (value < 0) {
        return false;
      }
      bits = bits << 6 | value;
      count += 6;
      if (count >= 8) {
        count -= 8;
        int decoded = bits >> count & 0xff;
        if (decoded < ' ') {
          return false;
        }
        colon |= decoded == ':';
      }
    }
    return colon;
  }

  private static int base64(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (Ascii.isDigit(c)) {
      return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
  }

  /** Letters and digits, and nothing that would say what else it is. */
  static boolean isMade(CharSequence text, int start, int end) {
    if (end - start < SHORTEST || text.charAt(start) == '/' || isNumbered(text, start)) {
      return false;
    }
    boolean letter = false;
    boolean digit = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '(' || (c == '=' && !isPadding(text, i, end))) {
        return false; // a URL, a time, a call, a key of its own
      }
      letter |= Ascii.isLetter(c);
      digit |= Ascii.isDigit(c);
    }
    return letter && digit && !isUuid(text, start, end) && !isProse(text, start, end);
  }

  /** The end of Base64. */
  private static boolean isPadding(CharSequence text, int at, int end) {
    return end - at <= 2 && text.charAt(end - 1) == '=';
  }

  /** A date or a version: {@code 2026-01-31}, {@code v1.2.3-rc4}, {@code 1.2.3-rc4}. */
  private static boolean isNumbered(CharSequence text, int start) {
    int at = Chars.lower(text.charAt(start)) == 'v' ? start + 1 : start;
    int digits = at;
    while (digits < text.length() && digits - at < 5 && Ascii.isDigit(text.charAt(digits))) {
      digits++;
    }
    boolean separated =
        digits < text.length() && (text.charAt(digits) == '.' || text.charAt(digits) == '-');
    return digits > at && separated;
  }

  private static boolean isUuid(CharSequence text, int start, int end) {
    return end - start == 36
        && text.charAt(start + 8) == '-'
        && text.charAt(start + 13) == '-'
        && text.charAt(start + 18) == '-'
        && text.charAt(start + 23) == '-';
  }

  private static boolean isProse(CharSequence text, int start, int end) {
    for (String word : PROSE) {
      if (end - start == word.length() && Chars.startsWithWord(text, start, word)) {
        return true;
      }
    }
    return false;
  }
}
