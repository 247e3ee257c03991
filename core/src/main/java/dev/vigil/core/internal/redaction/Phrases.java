package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;
import java.util.List;

/**
 * Secrets that follow a word and a space: {@code Bearer x}, {@code --password x}, {@code password
 * hunter2}.
 *
 * <p>Prose is full of such words, so what follows has to look made: letters and digits in one word.
 * "password reset requested" and "token 4 of 9" stay as they are.
 */
final class Phrases {

  /** Shorter than the shortest password that anyone accepts is no password. */
  private static final int SHORTEST = 6;

  private static final int LONGEST_QUOTED = 256;

  /** Made of letters and digits, and still words of prose about secrets. */
  private static final List<String> WORDS =
      List.of("sha256 sha384 sha512 argon2 argon2id pbkdf2 base32 base64 oauth2 pkcs12".split(" "));

  private final SensitiveKeys keys;

  Phrases(SensitiveKeys keys) {
    this.keys = keys;
  }

  /** At a space. */
  long at(CharSequence text, int space) {
    int start = space + 1;
    if (space == 0 || start == text.length() || Chars.isSpace(text.charAt(start))) {
      return Span.NONE;
    }
    long credentials = credentials(text, space, start);
    if (credentials != Span.NONE || keys.endingAt(text, space) == Kind.NONE) {
      return credentials;
    }
    if (isOption(text, space) && "-=:".indexOf(text.charAt(start)) < 0) {
      return Values.at(text, start, Kind.VALUE, space, false);
    }
    char first = text.charAt(start);
    if (first == '"' || first == '\'') {
      return quoted(text, start, Chars.startsWith(text, space - "PASSWORD".length(), "PASSWORD"));
    }
    int at = behindVerb(text, start);
    long iban = Ibans.startingAt(text, at);
    if (iban != Span.NONE) {
      return iban;
    }
    int end = wordEnd(text, at);
    if (SocialSecurityNumbers.at(text, at) != Span.NONE || looksMade(text, at, end)) {
      return Span.of(at, end);
    }
    return Span.NONE;
  }

  /** {@code Bearer x} and {@code Basic x} wherever they stand; SQL's {@code IDENTIFIED BY 'x'}. */
  private static long credentials(CharSequence text, int space, int start) {
    switch (text.charAt(space - 1)) {
      case 'r', 'R', 'c', 'C' -> {
        boolean scheme = endsWithWord(text, space, "bearer") || endsWithWord(text, space, "basic");
        int end = scheme ? wordEnd(text, start) : start;
        return end - start >= 8 && looksEncoded(text, start, end) ? Span.of(start, end) : Span.NONE;
      }
      case 'y', 'Y' -> {
        boolean quote = Chars.isQuote(text.charAt(start));
        return quote && endsWithWord(text, space, "identified by")
            ? quoted(text, start, true)
            : Span.NONE;
      }
      default -> {
        return Span.NONE;
      }
    }
  }

  private static boolean endsWithWord(CharSequence text, int end, String word) {
    int start = end - word.length();
    return Chars.startsWithWord(text, start, word) && Chars.startsWord(text, start);
  }

  private static boolean isOption(CharSequence text, int end) {
    int start = end;
    while (start > 0 && end - start < 64 && Chars.isKey(text.charAt(start - 1))) {
      start--;
    }
    return Chars.startsWith(text, start, "--");
  }

  private static long quoted(CharSequence text, int quote, boolean whatever) {
    char mark = text.charAt(quote);
    int most = Math.min(text.length(), quote + LONGEST_QUOTED);
    for (int at = quote + 1; at < most; at++) {
      if (text.charAt(at) == mark) {
        boolean hide = whatever || looksMade(text, quote + 1, at);
        return hide && !Chars.isHidden(text, quote + 1, at) ? Span.of(quote + 1, at) : Span.NONE;
      }
    }
    return Span.NONE;
  }

  private static int behindVerb(CharSequence text, int start) {
    boolean verb =
        Chars.startsWithWord(text, start, "is ") || Chars.startsWithWord(text, start, "was ");
    return verb ? Chars.skipSpaces(text, start + 3) : start;
  }

  /** The end of a word, without the punctuation of the sentence that it stands in. */
  private static int wordEnd(CharSequence text, int start) {
    int end = start;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
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
  private static boolean looksEncoded(CharSequence text, int start, int end) {
    boolean encoded = Ascii.isDigit(text.charAt(start));
    for (int i = start + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '=' && i + 2 < end) {
        return false;
      }
      encoded |= Ascii.isDigit(c) || c == '=' || (c >= 'A' && c <= 'Z');
    }
    return encoded;
  }

  private static boolean looksMade(CharSequence text, int start, int end) {
    if (end - start < SHORTEST || text.charAt(start) == '/' || isNumbered(text, start)) {
      return false;
    }
    boolean letter = false;
    boolean digit = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '=' || c == '(') {
        return false; // a URL, a time, a key of its own, a call
      }
      letter |= Ascii.isLetter(c);
      digit |= Ascii.isDigit(c);
    }
    return letter && digit && !isUuid(text, start, end) && !isWord(text, start, end);
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

  private static boolean isWord(CharSequence text, int start, int end) {
    for (int i = 0; i < WORDS.size(); i++) {
      String word = WORDS.get(i);
      if (end - start == word.length() && Chars.startsWithWord(text, start, word)) {
        return true;
      }
    }
    return false;
  }
}
