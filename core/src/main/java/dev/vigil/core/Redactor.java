package dev.vigil.core;

import dev.vigil.core.internal.Require;
import dev.vigil.core.internal.redaction.Masking;
import dev.vigil.core.internal.redaction.Masking.Personal;
import dev.vigil.core.internal.redaction.OwnPattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides secrets in text that leaves the process: log lines, health bodies, alerts, error reports.
 * What it finds becomes {@code ***}.
 *
 * <ul>
 *   <li>values under names such as password, secret, token, api-key, authorization, cookie, in any
 *       of the usual forms: {@code k=v}, {@code k: v}, quoted, JSON (escaped too), YAML, query
 *       strings, JDBC, headers, maps and records as Java prints them, XML elements, percent-encoded
 *       forms; lists of texts under plurals;
 *   <li>command lines: {@code --password v}, {@code curl -u user:v}, {@code mysql -pv};
 *   <li>user and password in URLs, Oracle's JDBC form and Go's included; tokens that are part of a
 *       webhook's URL;
 *   <li>{@code Bearer} and {@code Basic} credentials, JSON Web Tokens, private keys in PEM;
 *   <li>keys with a shape of their own: AWS, GitHub, GitLab, Google, npm, OpenAI, PyPI, SendGrid,
 *       Shopify, Slack, Stripe, Telegram, Twilio, and others like them;
 *   <li>payment card numbers that an issuer could have issued, by prefix, length and check digit;
 *   <li>{@code password hunter2} and {@code password for pat is hunter2}, where what follows looks
 *       made and not written; one-time codes behind their name;
 *   <li>on demand: e-mail addresses, IBANs, social security numbers, names and patterns of the
 *       application's own.
 * </ul>
 *
 * <p>What only resembles a secret stays: UUIDs, hashes, order numbers, "password reset requested".
 * Where the two cannot be told apart it hides. A secret without a name or a shape is not found: no
 * text that may hold one is safe to publish for having been here.
 *
 * <p>One pass, without regular expressions, linear in the length of the text whatever the text, and
 * without allocation where there is nothing to hide. Thread-safe; immutable.
 *
 * <pre>{@code
 * Redactor redactor = Redactor.builder().keys("tax-id").emails().build();
 * redactor.redact("login user=pat password=hunter2"); // login user=pat password=***
 * redactor.redact("tax-id", "12-345"); // ***
 * }</pre>
 */
public final class Redactor {

  private static final Redactor STANDARD = builder().build();

  private final Masking masking;
  private final List<OwnPattern> patterns;

  private Redactor(Masking masking, List<OwnPattern> patterns) {
    this.masking = masking;
    this.patterns = patterns;
  }

  /** The rules above, without what is on demand. */
  public static Redactor standard() {
    return STANDARD;
  }

  /** A redactor with the rules above, to which more can be added. */
  public static Builder builder() {
    return new Builder();
  }

  /** The text with its secrets hidden; the same instance where there are none. */
  public String redact(String text) {
    String redacted = masking.mask(Objects.requireNonNull(text, "text"));
    for (int i = 0; i < patterns.size(); i++) {
      redacted = patterns.get(i).mask(redacted);
    }
    return redacted;
  }

  /**
   * A value that stands under a name: hidden as a whole where the name is {@link #sensitive}, or
   * where it is a list of texts under a plural such as {@code tokens}; else with the secrets in it
   * hidden. An empty value stays empty.
   */
  public String redact(String key, String value) {
    return !value.isEmpty() && masking.hides(key, value) ? Masking.MASK : redact(value);
  }

  /**
   * Whether values under this name are secrets. Letter case, single {@code - _ .} between its words
   * and what stands before it do not count: {@code DB_PASSWORD}, {@code client.secret}, {@code
   * X-Api-Key}.
   */
  public boolean sensitive(String key) {
    return masking.sensitive(key);
  }

  /**
   * A failure that is safe to hand to a logger: the same instance where neither it nor any cause or
   * suppressed one holds a secret; otherwise a stand-in for each, which prints the original's class
   * name, its redacted text and its frames.
   *
   * <p>Loggers that print a throwable's own class name show {@code
   * dev.vigil.core.RedactedThrowable: } before the original's. Cycles of causes stay cycles. Never
   * throws, whatever the failure's methods do.
   */
  public Throwable redact(Throwable failure) {
    return RedactedThrowable.of(failure, this);
  }

  /** Adds to the standard rules. Not thread-safe; can be used again after {@link #build()}. */
  public static final class Builder {

    private final Set<String> keys = new LinkedHashSet<>();
    private final EnumSet<Personal> personal = EnumSet.noneOf(Personal.class);
    private final List<OwnPattern> patterns = new ArrayList<>();

    private Builder() {}

    /**
     * Hides the values under names of the application's own, as {@link Redactor#sensitive} compares
     * names.
     *
     * @throws IllegalArgumentException if a name has no letter or digit
     */
    public Builder keys(String... names) {
      for (String name : names) {
        if (name.codePoints().noneMatch(Character::isLetterOrDigit)) {
          throw new IllegalArgumentException(
              "a key needs a letter or digit, or it would match all");
        }
        keys.add(name);
      }
      return this;
    }

    /** Hides e-mail addresses. */
    public Builder emails() {
      personal.add(Personal.EMAIL);
      return this;
    }

    /**
     * Hides international bank account numbers whose check digits are right, wherever they stand.
     * Without this they are hidden behind the name {@code iban}.
     */
    public Builder ibans() {
      personal.add(Personal.IBAN);
      return this;
    }

    /**
     * Hides United States social security numbers ({@code 078-05-1120}) wherever they stand.
     * Without this they are hidden behind a name such as {@code ssn}.
     */
    public Builder socialSecurityNumbers() {
      personal.add(Personal.SOCIAL_SECURITY_NUMBER);
      return this;
    }

    /**
     * Hides what a pattern finds, line by line, after the standard rules. A regular expression can
     * take time without bound, so this one is bounded: a line's part beyond {@code longest}
     * characters is hidden unread, and a whole line on which the pattern takes more than {@code 100
     * * longest} steps is hidden too.
     *
     * @param longest how many characters of a line the pattern sees, from 1 to 8192
     */
    public Builder pattern(Pattern pattern, int longest) {
      Objects.requireNonNull(pattern, "pattern");
      patterns.add(new OwnPattern(pattern, Require.between("longest", 1, 8_192, longest)));
      return this;
    }

    /** The redactor. */
    public Redactor build() {
      return new Redactor(new Masking(keys, personal), List.copyOf(patterns));
    }
  }
}
