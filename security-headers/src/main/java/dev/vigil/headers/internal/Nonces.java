package dev.vigil.headers.internal;

import java.nio.charset.StandardCharsets;
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
public final class Nonces {

  private static final int BYTES = 16;
  private static final int CHARACTERS = 22;
  private static final int NONCES_A_STRIPE = 64;
  private static final int STRIPES = 16;
  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);

  private static final Nonces SHARED = new Nonces();

  private final AtomicReferenceArray<@Nullable Stripe> stripes =
      new AtomicReferenceArray<>(STRIPES);

  Nonces() {}

  /** A nonce that no one has had before. */
  public static String next() {
    return SHARED.draw();
  }

  String draw() {
    // The thread's number spreads threads over the stripes; a collision costs a new stripe at
    // worst.
    int slot = (int) ((threadNumber() * 0x9E3779B97F4A7C15L) >>> 60);
    Stripe stripe = stripes.getAndSet(slot, null);
    if (stripe == null) {
      stripe = new Stripe();
    }
    String nonce = stripe.draw();
    stripes.lazySet(slot, stripe);
    return nonce;
  }

  /** {@code Thread.threadId()} is of Java 19; a hash that stays with the thread does as well. */
  private static int threadNumber() {
    return System.identityHashCode(Thread.currentThread());
  }

  private static final class Stripe {

    /** Its own for each stripe, since an instance may lock. */
    private final SecureRandom random = new SecureRandom();

    private final byte[] bytes = new byte[BYTES * NONCES_A_STRIPE];
    private int at = bytes.length;

    String draw() {
      if (at == bytes.length) {
        random.nextBytes(bytes);
        at = 0;
      }
      byte[] text = new byte[CHARACTERS];
      int out = 0;
      for (int end = at + BYTES - 1; at < end; at += 3) {
        int group =
            ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
        text[out++] = ALPHABET[group >>> 18];
        text[out++] = ALPHABET[(group >>> 12) & 0x3f];
        text[out++] = ALPHABET[(group >>> 6) & 0x3f];
        text[out++] = ALPHABET[group & 0x3f];
      }
      int last = bytes[at++] & 0xff;
      text[out++] = ALPHABET[last >>> 2];
      text[out] = ALPHABET[(last & 3) << 4];
      Arrays.fill(bytes, at - BYTES, at, (byte) 0);
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }
}
