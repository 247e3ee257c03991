package dev.vigil.ratelimit.internal;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.Quoted;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Turns identifiers that callers chose into names of bounded length that cannot be confused. */
public final class KeyNames {

  private static final int LONGEST_PLAIN = 64;
  private static final int LONGEST_NAME = 64;

  /** 128 bits: two of 2^40 identifiers share a name with a probability of 2^-49. */
  private static final int DIGEST_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private KeyNames() {}

  /**
   * Checks a limiter's name.
   *
   * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, {@code . _ -}
   */
  public static String limiterName(String name) {
    Objects.requireNonNull(name, "name");
    boolean fine = !name.isEmpty() && name.length() <= LONGEST_NAME;
    for (int i = 0; fine && i < name.length(); i++) {
      char c = name.charAt(i);
      fine = Ascii.isAlphanumeric(c) || c == '.' || c == '_' || c == '-';
    }
    if (!fine) {
      throw new IllegalArgumentException(
          "name must be 1 to 64 letters, digits, dots, underscores or hyphens but was "
              + Quoted.of(name));
    }
    return name;
  }

  /**
   * Whether an identifier may stand in a stored key as it is: 1 to 64 printable ASCII characters
   * other than space and {@code { } : | #}. The number sign marks hashed ones.
   */
  public static boolean isPlain(String identifier) {
    if (identifier.isEmpty() || identifier.length() > LONGEST_PLAIN) {
      return false;
    }
    for (int i = 0; i < identifier.length(); i++) {
      char c = identifier.charAt(i);
      if (c <= ' ' || c >= 127 || c == '{' || c == '}' || c == ':' || c == '|' || c == '#') {
        return false;
      }
    }
    return true;
  }

  /** UTF-16 as it is: an encoder would make one question mark of every lone surrogate. */
  private static byte[] units(String identifier) {
    byte[] bytes = new byte[identifier.length() * 2];
    for (int i = 0; i < identifier.length(); i++) {
      char c = identifier.charAt(i);
      bytes[2 * i] = (byte) (c >>> 8);
      bytes[2 * i + 1] = (byte) c;
    }
    return bytes;
  }

  /** A keyed hash of an identifier, {@code #} and 22 characters of base64url. */
  public static String hashed(String identifier, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      byte[] digest = mac.doFinal(units(identifier));
      byte[] head = Arrays.copyOf(digest, DIGEST_BYTES);
      return "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(head);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(
          "this JDK has no " + ALGORITHM + ", which its specification requires", impossible);
    }
  }
}
