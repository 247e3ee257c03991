package dev.vigil.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value that must not be printed: a token, a password, a key.
 *
 * <p>{@link #toString()} is {@code ***}, whatever it holds. Not a record, so that no generated
 * method shows it, and not serialisable.
 *
 * <p>Thread-safe.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a secret.
   *
   * @param value what must not be printed; not blank
   * @throws IllegalArgumentException if {@code value} is blank, which is a forgotten setting and
   *     never a secret
   */
  public static Secret of(String value) {
    Objects.requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "a secret must not be blank; leave it unset or give it a value");
    }
    return new Secret(value);
  }

  /** The secret itself, for the one call that needs it. */
  public String reveal() {
    return value;
  }

  /**
   * Whether {@code candidate} is this secret, in a time that does not depend on where the two
   * differ.
   *
   * @param candidate what a caller presented
   */
  public boolean matches(String candidate) {
    // Digests of equal length, so that the comparison's time tells nothing of the secret's length
    // either.
    return MessageDigest.isEqual(digest(value), digest(candidate));
  }

  private static byte[] digest(String text) {
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && matches(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Always {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
