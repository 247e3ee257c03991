package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;

/**
 * Secrets that follow a word and a space: {@code Bearer x}, {@code password hunter2}, {@code
 * password for pat is hunter2}, {@code PASSWORD 'x'}.
 *
 * <p>Prose is full of such words, so what follows has to look made ({@link Words}), and it is from
 * there that a rule looks back. "password reset requested" and "token 4 of 9" stay as they are.
 */
final class Phrases {

  private static final int LONGEST_QUOTED = 256;
  private static final int LONGEST_CODE = 10;

  /** Between a name and its verb: "password for user pat is". */
  private static final int MOST_WORDS = 4;

  private static final int LONGEST_WORD = 32;

  private static final String[] BE = {" is", " was"};
  private static final String[] BECOME = {" set to", " reset to", " changed to", " updated to"};

  private final SensitiveKeys keys;

  Phrases(SensitiveKeys keys) {
    this.keys = keys;
  }

  /**
   * Where letters or signs and digits meet.
   *
   * @param judged where this was last asked; a word that began before it has its answer
   */
  long wordAt(CharSequence text, int at, int judged) {
    int start = at;
    while (start > judged && !Chars.isBlank(text.charAt(start - 1))) {
      start--;
    }
    if (start > judged && isNamed(text, start)) {
      long iban = Ibans.startingAt(text, start);
      if (iban != Span.NONE) {
        return iban;
      }
      int end = Words.end(text, start);
      if (SocialSecurityNumbers.at(text, start) != Span.NONE || Words.isMade(text, start, end)) {
        return Span.of(start, end);
      }
    }
    return Span.NONE;
  }

  /** At a number's first digit: {@code otp 482913}, {@code ssn 078-05-1120}. */
  long numberAt(CharSequence text, int start, int end) {
    if (start < 2 || !Chars.isSpace(text.charAt(start - 1))) {
      return Span.NONE;
    }
    if (SocialSecurityNumbers.at(text, start) != Span.NONE) {
      return isNamed(text, start)
          ? Span.of(start, start + SocialSecurityNumbers.LENGTH)
          : Span.NONE;
    }
    if (end - start > LONGEST_CODE || keys.endingAt(text, beforeVerb(text, start)) != Kind.CODE) {
      return Span.NONE;
    }
    for (int i = start; i < end; i++) {
      if (!Ascii.isDigit(text.charAt(i))) {
        return Span.NONE;
      }
    }
    return Span.of(start, end);
  }

  /** {@code otp is 482913}: where the name ends. */
  private static int beforeVerb(CharSequence text, int start) {
    int space = start - 1;
    return Chars.startsWithWord(text, space - 3, " is") ? space - 3 : start;
  }

  /** Whether the word that begins at {@code start} is said to be a secret. */
  private boolean isNamed(CharSequence text, int start) {
    // "Basic x" is found at its capital.
    if (hidesWord(text, start) || Chars.startsWith(text, start - "basic ".length(), "basic ")) {
      return true;
    }
    int verb = verb(text, start - 1);
    int at = verb;
    for (int words = 0; at > 0 && words <= MOST_WORDS; words++) {
      if (hidesWord(text, at)) {
        return true;
      }
      at = wordBefore(text, at);
    }
    return false;
  }

  private boolean hidesWord(CharSequence text, int end) {
    Kind kind = keys.endingAt(text, end);
    return kind != Kind.NONE && kind != Kind.LIST;
  }

  /** Where the words before a verb end, or -1. "To" alone is where someone goes. */
  private static int verb(CharSequence text, int end) {
    if (end < 3) {
      return -1;
    }
    char last = Chars.lower(text.charAt(end - 1));
    if (last == 's') {
      return behind(text, end, BE);
    }
    return last == 'o' ? behind(text, end, BECOME) : -1;
  }

  private static int behind(CharSequence text, int end, String[] verbs) {
    for (String verb : verbs) {
      if (Chars.startsWithWord(text, end - verb.length(), verb)) {
        return end - verb.length();
      }
    }
    return -1;
  }

  /**
   * Where the word before the one that ends here ends; -1 where another sentence or clause does.
   */
  private static int wordBefore(CharSequence text, int end) {
    int at = end;
    while (at > 0 && end - at < LONGEST_WORD && !Chars.isSpace(text.charAt(at - 1))) {
      char c = text.charAt(at - 1);
      if (c < ' ' || (at < end ? ",;:.!?" : ",;:").indexOf(c) >= 0) {
        return -1;
      }
      at--;
    }
    return at > 0 && Chars.isSpace(text.charAt(at - 1)) ? at - 1 : -1;
  }

  /**
   * At a quote behind a space or a bracket: {@code PASSWORD 'x'}, {@code IDENTIFIED BY 'x'}, {@code
   * setPassword("x")}.
   */
  long quoteAt(CharSequence text, int quote) {
    if (quote < 3) {
      return Span.NONE;
    }
    int end = quote - 1;
    boolean call = text.charAt(end) == '(';
    if (hidesWord(text, end)) {
      boolean sql = Chars.startsWith(text, end - "PASSWORD".length(), "PASSWORD");
      return quoted(text, quote, call || sql);
    }
    if (endsWithWord(text, end, "identified by")) {
      return quoted(text, quote, true);
    }
    return !call && isNamed(text, quote) ? quoted(text, quote, false) : Span.NONE;
  }

  private static long quoted(CharSequence text, int quote, boolean whatever) {
    char mark = text.charAt(quote);
    int most = Math.min(text.length(), quote + LONGEST_QUOTED);
    for (int at = quote + 1; at < most; at++) {
      if (text.charAt(at) == mark) {
        boolean hide = whatever || Words.isMade(text, quote + 1, at);
        return hide && !Chars.isHidden(text, quote + 1, at) ? Span.of(quote + 1, at) : Span.NONE;
      }
    }
    return Span.NONE;
  }

  /** At a capital B: {@code Bearer x}, {@code Basic x}, wherever it stands. */
  long schemeAt(CharSequence text, int at) {
    boolean bearer = Chars.startsWithWord(text, at, "bearer ");
    if (!(bearer || Chars.startsWithWord(text, at, "basic ")) || !Chars.startsWord(text, at)) {
      return Span.NONE;
    }
    int start = Chars.skipSpaces(text, at + (bearer ? "bearer " : "basic ").length());
    int end = Words.end(text, start);
    boolean encoded =
        end - start >= 8
            && (Words.isEncoded(text, start, end, bearer) || Words.isUserInfo(text, start, end));
    return encoded ? Span.of(start, end) : Span.NONE;
  }

  private static boolean endsWithWord(CharSequence text, int end, String word) {
    int start = end - word.length();
    return Chars.startsWithWord(text, start, word) && Chars.startsWord(text, start);
  }
}
