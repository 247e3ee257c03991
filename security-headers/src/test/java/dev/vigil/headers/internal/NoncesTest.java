package dev.vigil.headers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.headers.ContentSecurityPolicy;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NoncesTest {

  private static final int DRAWN = 1_000_000;

  private final NonceText text =
      new NonceText(
          ContentSecurityPolicy.builder()
              .scriptSrc(src -> src.nonce().strictDynamic())
              .styleSrc(src -> src.self().nonce())
              .build());

  private String draw(Nonces nonces) {
    return text.nonceOf(nonces.fill(text));
  }

  @Test
  void fillsEveryGapOfATextWithTheSameNonceAndChangesNothingElse() {
    String filled = new Nonces().fill(text);

    assertThat(filled).isEqualTo(text.with(text.nonceOf(filled)));
    assertThat(filled.split(text.nonceOf(filled), -1)).hasSize(3);
  }

  @Test
  void drawsAMillionDistinctNoncesWhoseBytesAreEven() {
    Nonces nonces = new Nonces();
    Set<String> seen = new HashSet<>(2 * DRAWN);
    long[] counts = new long[256];
    for (int i = 0; i < DRAWN; i++) {
      String nonce = draw(nonces);
      seen.add(nonce);
      for (byte b : Base64.getUrlDecoder().decode(nonce)) {
        counts[b & 0xff]++;
      }
    }

    assertThat(seen).hasSize(DRAWN);
    double expected = DRAWN * 16 / 256.0;
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // 255 degrees of freedom: mean 255, deviation 22.6; beyond eight deviations no chance is left.
    assertThat(chiSquare).isBetween(75.0, 435.0);
  }

  @Test
  void aNonceIsTwentyTwoCharactersThatNeedNoEscaping() {
    Nonces nonces = new Nonces();
    for (int i = 0; i < 1000; i++) {
      assertThat(draw(nonces)).matches("[A-Za-z0-9_-]{22}");
    }
  }

  @Test
  void threadsThatShareStripesNeverShareANonce() throws InterruptedException {
    Nonces nonces = new Nonces();
    int threads = 8;
    int each = 20_000;
    Set<String> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      new Thread(
              () -> {
                try {
                  start.await();
                  for (int i = 0; i < each; i++) {
                    seen.add(draw(nonces));
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    start.countDown();

    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).hasSize(threads * each);
  }
}
