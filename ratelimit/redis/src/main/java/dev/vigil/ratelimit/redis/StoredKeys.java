package dev.vigil.ratelimit.redis;

import dev.vigil.core.Secret;
import dev.vigil.ratelimit.internal.KeyNames;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How counters are named in Redis: {@code rate_limit:{<limiter>|<identifier>}:<window>}, the braces
 * being part of the key, so that all counters of an identifier are in one slot of a cluster.
 */
final class StoredKeys {

  private static final byte[][] SMALL = new byte[1_024][];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = digits(i);
    }
  }

  private final String limiter;
  private final boolean guideForm;
  private final boolean hashAll;
  private final byte[] hashKey;

  StoredKeys(String limiter, boolean guideForm, @Nullable Secret secret) {
    this.limiter = limiter;
    this.guideForm = guideForm;
    hashAll = secret != null;
    hashKey = (secret == null ? limiter : secret.reveal()).getBytes(StandardCharsets.UTF_8);
  }

  /** What stands for an identifier in a key. */
  String name(String identifier) {
    boolean plain = !hashAll && KeyNames.isPlain(identifier);
    return plain ? identifier : KeyNames.hashed(identifier, hashKey);
  }

  /** A key up to and with the last colon. */
  byte[] prefix(String name) {
    String text =
        guideForm ? "rate_limit:" + name + ":" : "rate_limit:{" + limiter + "|" + name + "}:";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A prefix and a window's number. */
  static byte[] key(byte[] prefix, long windowId) {
    byte[] digits = ascii(windowId);
    byte[] key = new byte[prefix.length + digits.length];
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    System.arraycopy(digits, 0, key, prefix.length, digits.length);
    return key;
  }

  /** Small numbers are what most increments add. */
  static byte[] ascii(long number) {
    return number >= 0 && number < SMALL.length ? SMALL[(int) number] : digits(number);
  }

  private static byte[] digits(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
