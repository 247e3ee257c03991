package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over a text that hides what the rules find in it. Immutable, thread-safe. */
public final class Masking {

  /** What stands in a text in place of a secret. */
  public static final String MASK = "***";

  /** Kinds of personal data, which are only hidden on demand. */
  public enum Personal {
    /** E-mail addresses. */
    EMAIL,
    /** International bank account numbers. */
    IBAN,
    /** United States social security numbers wherever they stand. */
    SOCIAL_SECURITY_NUMBER
  }

  /** Of what is looked at: a card's first group, a social security number's, a one-time code. */
  private static final int SHORTEST_NUMBER = 3;

  private final SensitiveKeys keys;
  private final Assignments assignments;
  private final Elements elements;
  private final Phrases phrases;
  private final Options options;
  private final boolean emails;
  private final boolean ibans;
  private final boolean socialSecurityNumbers;

  /**
   * A pass with the house's rules.
   *
   * @param ownKeys names of the application's own whose values are secrets
   * @param personal what else to hide
   */
  public Masking(Collection<String> ownKeys, Set<Personal> personal) {
    keys = new SensitiveKeys(ownKeys);
    assignments = new Assignments(keys);
    elements = new Elements(keys);
    phrases = new Phrases(keys);
    options = new Options(keys);
    emails = personal.contains(Personal.EMAIL);
    ibans = personal.contains(Personal.IBAN);
    socialSecurityNumbers = personal.contains(Personal.SOCIAL_SECURITY_NUMBER);
  }

  /** Whether the values under this name are secrets. */
  public boolean sensitive(String key) {
    Kind kind = keys.endingAt(key, key.length());
    return kind != Kind.NONE && kind != Kind.LIST;
  }

  /** Whether this value under this name is a secret as a whole: a list's is, under a plural. */
  public boolean hides(String key, String value) {
    Kind kind = keys.endingAt(key, key.length());
    return kind == Kind.LIST ? Brackets.isListOfTexts(value, 0) : kind != Kind.NONE;
  }

  /** The text with its secrets hidden; the same instance where there are none. */
  public String mask(String text) {
    StringBuilder masked = scan(text);
    return masked == null ? text : masked.toString();
  }

  /** The masked text, or null where there is nothing to hide. */
  @Nullable StringBuilder scan(CharSequence text) {
    StringBuilder masked = null;
    int copied = 0;
    int judged = 0; // where the last word that looked made was asked about
    int depth = 0; // of brackets that are open at
    int counted = 0;
    byte[] window = Triggers.window();
    int start = 0; // of the window
    int end = 0; // of the window
    int at = 0;
    while (true) {
      if (at >= end) {
        if (at >= text.length()) {
          break;
        }
        start = at;
        end = Triggers.fill(window, text, start);
      }
      at = start + Triggers.next(window, at - start, end - start);
      if (at == end) {
        continue;
      }
      int trigger = Triggers.at(window, at - start);
      if (trigger == Triggers.NUMBER && isShort(text, at)) {
        at++;
        continue;
      }
      if ((trigger == Triggers.KEY || trigger == Triggers.SHAPE) && isRepeated(text, at)) {
        at = Chars.rowEnd(text, at); // the first of a row of the same sign was asked about
        continue;
      }
      long span = Span.NONE;
      if ((trigger & Triggers.MADE) != 0) {
        span = made(text, at, judged);
        judged = at;
      }
      if (span == Span.NONE && (trigger & Triggers.KEY) != 0) {
        span = sign(text, at);
        Kind kind = span == Span.NONE ? assignments.kindAt(text, at) : Kind.NONE;
        if (kind != Kind.NONE) {
          depth = Chars.depth(text, counted, at, depth);
          counted = at;
          span = assignments.at(text, at, kind, depth > 0);
        }
      } else if (span == Span.NONE && (trigger & ~Triggers.MADE) != 0) {
        span = find(text, at, trigger);
      }
      int to = at + 1;
      if (span != Span.NONE) {
        int from = Math.max(Span.from(span), copied); // a rule may look back over what is hidden
        to = Math.max(to, Span.to(span));
        if (from < Span.to(span)) {
          masked = masked == null ? new StringBuilder(text.length()) : masked;
          masked.append(text, copied, from).append(MASK);
          copied = Span.to(span);
          depth = Chars.depth(text, counted, from, depth); // a secret's brackets open nothing
          counted = Math.max(counted, to);
        }
      }
      at = to;
    }
    return masked == null ? null : masked.append(text, copied, text.length());
  }

  /** Whether a number has two digits and no more, which is nothing to anyone. */
  private static boolean isShort(CharSequence text, int second) {
    return second + 1 == text.length() || !Ascii.isDigit(text.charAt(second + 1));
  }

  private static boolean isRepeated(CharSequence text, int at) {
    return at > 0 && text.charAt(at - 1) == text.charAt(at);
  }

  private long find(CharSequence text, int at, int trigger) {
    if ((trigger & Triggers.NUMBER) != 0) {
      return number(text, at - 1, Chars.alphanumericEnd(text, at));
    }
    if ((trigger & Triggers.QUOTE) != 0) {
      return phrases.quoteAt(text, at);
    }
    if ((trigger & Triggers.OPTION) != 0) {
      long option = options.at(text, at);
      if (option != Span.NONE) {
        return option;
      }
    }
    return switch (text.charAt(at)) {
      case '%' -> assignments.encodedAt(text, at);
      case '>' -> elements.at(text, at);
      case '@' -> atSign(text, at);
      case '_', '-', '.' -> Tokens.at(text, at);
      case 'J' -> Tokens.jwtAt(text, at - 2);
      case 'K', 'S', 'I' -> Tokens.cloudKeyAt(text, at - 1);
      case 'B' -> {
        long block = Pem.at(text, at - Pem.DASHES.length());
        yield block == Span.NONE ? phrases.schemeAt(text, at) : block;
      }
      default -> Span.NONE; // not ASCII
    };
  }

  /** What else a colon may stand in. */
  private static long sign(CharSequence text, int at) {
    if (text.charAt(at) != ':') {
      return Span.NONE;
    }
    return Chars.startsWith(text, at, "://")
        ? UrlCredentials.at(text, at)
        : Tokens.telegramAt(text, at);
  }

  private long made(CharSequence text, int at, int judged) {
    char c = text.charAt(at);
    if (!Ascii.isAlphanumeric(c)) { // a sign behind a digit
      boolean ends = at + 1 == text.length() || Chars.isBlank(text.charAt(at + 1));
      return ends ? Span.NONE : phrases.wordAt(text, at, judged);
    }
    boolean inside = !Chars.startsWord(text, at);
    long span = inside && ibans ? Ibans.at(text, at) : Span.NONE;
    if (span == Span.NONE && inside && c == '0') {
      span = assignments.escapedAt(text, at);
    }
    if (span == Span.NONE) {
      span = phrases.wordAt(text, at, judged);
    }
    if (span != Span.NONE) {
      return span;
    }
    int end = Chars.alphanumericEnd(text, at);
    return inside ? Tokens.runAt(text, at, end) : number(text, at, end);
  }

  private long atSign(CharSequence text, int at) {
    long span = UrlCredentials.oracleAt(text, at);
    if (span == Span.NONE) {
      span = UrlCredentials.withoutSchemeAt(text, at);
    }
    return span == Span.NONE && emails ? Emails.at(text, at) : span;
  }

  /**
   * A run of digits that begins at {@code start}, or of digits and letters.
   *
   * @param end where the run ends
   */
  private long number(CharSequence text, int start, int end) {
    if (end - start < SHORTEST_NUMBER) {
      return Span.skip(end);
    }
    long span = socialSecurityNumbers ? SocialSecurityNumbers.at(text, start) : Span.NONE;
    if (span == Span.NONE) {
      span = phrases.numberAt(text, start, end);
    }
    if (span == Span.NONE) {
      span = CardNumbers.at(text, start, end);
    }
    if (span != Span.NONE) {
      return span;
    }
    return Span.skip(socialSecurityNumbers ? end : Numerals.end(text, end));
  }
}
