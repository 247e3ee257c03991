package dev.vigil.core.internal.redaction;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a text that hides what the rules find in it. Immutable, thread-safe.
 *
 * <p>Most characters are no trigger and cost a look into a table.
 */
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

  private static final boolean[] TRIGGERS = new boolean[128];

  static {
    for (char c : "=:%>@_-.eA {}[]()0123456789".toCharArray()) {
      TRIGGERS[c] = true;
    }
  }

  private final SensitiveKeys keys;
  private final Assignments assignments;
  private final Phrases phrases;
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
    phrases = new Phrases(keys);
    emails = personal.contains(Personal.EMAIL);
    ibans = personal.contains(Personal.IBAN);
    socialSecurityNumbers = personal.contains(Personal.SOCIAL_SECURITY_NUMBER);
  }

  /** Whether the values under this name are secrets. */
  public boolean sensitive(String key) {
    return keys.endingAt(key, key.length()) != SensitiveKeys.Kind.NONE;
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
    int depth = 0; // of brackets that are open
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c >= TRIGGERS.length || !TRIGGERS[c]) {
        at++;
        continue;
      }
      long span = Span.NONE;
      switch (c) {
        case '{', '[', '(' -> depth++;
        case '}', ']', ')' -> depth = Math.max(0, depth - 1);
        default -> span = find(text, at, c, depth > 0);
      }
      if (span == Span.NONE) {
        at++;
        continue;
      }
      int from = Math.max(Span.from(span), copied); // a rule may look back over what is hidden
      int to = Span.to(span);
      if (from < to) {
        masked = masked == null ? new StringBuilder(text.length()) : masked;
        masked.append(text, copied, from).append(MASK);
        copied = to;
      }
      at = Math.max(to, at + 1);
    }
    return masked == null ? null : masked.append(text, copied, text.length());
  }

  private long find(CharSequence text, int at, char trigger, boolean nested) {
    return switch (trigger) {
      case '=' -> assignments.at(text, at, nested);
      case ':' ->
          Chars.startsWith(text, at, "://")
              ? UrlCredentials.at(text, at)
              : assignments.at(text, at, nested);
      case '%' -> assignments.encodedAt(text, at);
      case '>' -> assignments.elementAt(text, at);
      case ' ' -> phrases.at(text, at);
      case '@' -> atSign(text, at);
      case 'e' -> Tokens.jwtAt(text, at);
      case 'A' -> Tokens.cloudKeyAt(text, at);
      case '_', '.' -> Tokens.at(text, at);
      case '-' -> {
        long block = Pem.at(text, at);
        yield block == Span.NONE ? Tokens.at(text, at) : block;
      }
      default -> digit(text, at);
    };
  }

  private long atSign(CharSequence text, int at) {
    long oracle = UrlCredentials.oracleAt(text, at);
    return oracle == Span.NONE && emails ? Emails.at(text, at) : oracle;
  }

  private long digit(CharSequence text, int at) {
    long span = ibans ? Ibans.at(text, at) : Span.NONE;
    if (span == Span.NONE && socialSecurityNumbers) {
      span = SocialSecurityNumbers.at(text, at);
    }
    return span == Span.NONE ? CardNumbers.at(text, at) : span;
  }
}
