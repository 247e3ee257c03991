package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void givesSoManyAtOnceAndThenSoManyASecond() {
    TokenBucket bucket = new TokenBucket(5, 0);

    assertThat(taken(bucket, 100, 0)).isEqualTo(5);
    assertThat(bucket.isEmpty(0)).isTrue();
    assertThat(taken(bucket, 100, SECOND / 5)).isEqualTo(1);
    assertThat(taken(bucket, 100, SECOND)).isEqualTo(4);
    assertThat(taken(bucket, 100, 100 * SECOND)).isEqualTo(5);
  }

  @Test
  void neverGivesMoreThanItsRateAndOneBurst() {
    SplittableRandom random = new SplittableRandom(7);
    long start = Long.MAX_VALUE - SECOND; // the clock wraps on the way
    TokenBucket bucket = new TokenBucket(50, start);
    long elapsed = 0;
    long taken = 0;
    while (elapsed < 60 * SECOND) {
      elapsed += random.nextLong(20_000_000);
      taken += bucket.take(start + elapsed) ? 1 : 0;
    }

    assertThat(taken).isBetween(2950L, 50 + 60 * 50L);
  }

  private static int taken(TokenBucket bucket, int asked, long now) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += bucket.take(now) ? 1 : 0;
    }
    return taken;
  }
}
