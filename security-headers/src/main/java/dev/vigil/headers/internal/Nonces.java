package dev.vigil.headers.internal;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Draws nonces: 128 bits of {@link SecureRandom} in base64url without padding (RFC 4648, 5), 22
 * characters that need no escaping in HTML.
 *
 * <p>Random bytes lie ready in stripes, each claimed whole for a moment, so that no thread waits
 * for another to draw, and nothing is bound to a thread, of which there may be millions. The
 * system's source, whose JDK adapter has a lock, is asked once in 64 nonces. A byte is wiped once
 * it is used.
 *
 * <p>Thread-safe.
 */
final class Nonces {

  private static final int BYTES = 16;
  static final int CHARACTERS = 22;
  private static final int NONCES_A_STRIPE = 64;
  private static final int STRIPES = 16;
  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);

  private static final Nonces SHARED = new Nonces();

  private final AtomicReferenceArray<@Nullable Stripe> stripes =
      new AtomicReferenceArray<>(STRIPES);

  Nonces() {}

  static Nonces shared() {
    return SHARED;
  }

  /**
   * A text with a nonce that no one has had before in all its gaps; allocates that text and nothing
   * else.
   */
  String fill(NonceText text) {
    Stripe stripe = claim();
    String filled = stripe.fill(text);
    release(stripe);
    return filled;
  }

  private Stripe claim() {
    Stripe stripe = stripes.getAndSet(slot(), null);
    return stripe == null ? new Stripe() : stripe;
  }

  private void release(Stripe stripe) {
    stripes.lazySet(slot(), stripe);
  }

  private static int slot() {
    // The thread's number spreads threads over the stripes; a collision costs a new stripe at
    // worst.
    return (int) ((threadNumber() * 0x9E3779B97F4A7C15L) >>> 60);
  }

  /** {@code Thread.threadId()} is of Java 19; a hash that stays with the thread does as well. */
  private static int threadNumber() {
    return System.identityHashCode(Thread.currentThread());
  }

  /**
   * The kernel's generator, read as it is: {@code nextBytes} would mix it with a second one, at
   * three times the cost. Where there is none, the platform's own default.
   */
  private static SecureRandom source() {
    try {
      return SecureRandom.getInstance("NativePRNGNonBlocking");
    } catch (NoSuchAlgorithmException e) {
      return new SecureRandom();
    }
  }

  private static final class Stripe {

    /** Its own for each stripe, since an instance may lock. */
    private final SecureRandom random = source();

    private byte[] bytes = {};
    private int at;
    private final byte[] nonce = new byte[CHARACTERS];
    private byte[] buffer = {};

    String fill(NonceText text) {
      int length = text.length();
      if (buffer.length < length) {
        buffer = new byte[length];
      }
      encode();
      text.write(nonce, buffer);
      return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void encode() {
      if (at == bytes.length) {
        bytes = random.generateSeed(BYTES * NONCES_A_STRIPE);
        at = 0;
      }
      int out = 0;
      for (int end = at + BYTES - 1; at < end; at += 3) {
        int group =
            ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
        nonce[out++] = ALPHABET[group >>> 18];
        nonce[out++] = ALPHABET[(group >>> 12) & 0x3f];
        nonce[out++] = ALPHABET[(group >>> 6) & 0x3f];
        nonce[out++] = ALPHABET[group & 0x3f];
      }
      int last = bytes[at++] & 0xff;
      nonce[out++] = ALPHABET[last >>> 2];
      nonce[out] = ALPHABET[(last & 3) << 4];
      Arrays.fill(bytes, at - BYTES, at, (byte) 0);
    }
  }
}
