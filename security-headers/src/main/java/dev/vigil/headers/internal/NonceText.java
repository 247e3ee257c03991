package dev.vigil.headers.internal;

import dev.vigil.headers.ContentSecurityPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A policy's text with gaps for the nonce. An answer that carries it costs one string: the nonce is
 * cut out of it only where somebody asks for it.
 *
 * <p>Immutable and thread-safe.
 */
final class NonceText {

  private static final String ONE = "A".repeat(Nonces.CHARACTERS);
  private static final String OTHER = "B".repeat(Nonces.CHARACTERS);

  private final ContentSecurityPolicy policy;
  private final byte[] text;
  private final int[] gaps;

  NonceText(ContentSecurityPolicy policy) {
    this.policy = policy;
    text = policy.value(ONE).getBytes(StandardCharsets.US_ASCII);
    gaps = gaps(text, policy.value(OTHER).getBytes(StandardCharsets.US_ASCII));
  }

  /** Where two texts of equal length begin to differ for the length of a nonce. */
  private static int[] gaps(byte[] one, byte[] other) {
    int[] found = new int[one.length / Nonces.CHARACTERS];
    int count = 0;
    int at = Arrays.mismatch(one, other);
    while (at >= 0) {
      found[count++] = at;
      int from = at + Nonces.CHARACTERS;
      int next = Arrays.mismatch(one, from, one.length, other, from, other.length);
      at = next < 0 ? -1 : from + next;
    }
    return Arrays.copyOf(found, count);
  }

  int length() {
    return text.length;
  }

  /** Writes the text with this nonce to the beginning of a buffer. */
  void write(byte[] nonce, byte[] buffer) {
    System.arraycopy(text, 0, buffer, 0, text.length);
    for (int gap : gaps) {
      System.arraycopy(nonce, 0, buffer, gap, Nonces.CHARACTERS);
    }
  }

  /** The text with this nonce. */
  String with(String nonce) {
    return policy.value(nonce);
  }

  /** The nonce of a text that was made here. */
  String nonceOf(String text) {
    return text.substring(gaps[0], gaps[0] + Nonces.CHARACTERS);
  }
}
