package dev.vigil.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalRateLimiterTest {

  private final FakeTime time = new FakeTime();

  private LocalRateLimiter limiter(RateLimit first, RateLimit... more) {
    return LocalRateLimiter.builder("api", Plan.of(first, more)).time(time, time).build();
  }

  @Test
  void deniesTheRequestAfterTheLastPermit() {
    RateLimiter limiter = limiter(RateLimit.perMinute(2));
    time.advance(Duration.ofSeconds(15));

    assertThat(limiter.tryAcquire("a").remaining()).isEqualTo(1);
    assertThat(limiter.tryAcquire("a").remaining()).isZero();
    Decision denied = limiter.tryAcquire("a");

    assertThat(denied.allowed()).isFalse();
    assertThat(denied.unavailable()).isFalse();
    assertThat(denied.limit()).isEqualTo(RateLimit.perMinute(2));
    assertThat(denied.resetAt()).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
    assertThat(denied.retryAfter()).isEqualTo(Duration.ofSeconds(45));
    assertThat(denied.source()).isEqualTo(Decision.Source.LOCAL);
  }

  @Test
  void countsEachKeyByItselfAndStartsAgainInTheNextWindow() {
    RateLimiter limiter = limiter(RateLimit.perMinute(1));
    limiter.tryAcquire("a");

    assertThat(limiter.tryAcquire("b").allowed()).isTrue();
    assertThat(limiter.tryAcquire("a").allowed()).isFalse();
    time.advance(Duration.ofMinutes(1));
    assertThat(limiter.tryAcquire("a").allowed()).isTrue();
  }

  @Test
  void admitsByAllLimitsOrCountsInNone() {
    RateLimiter limiter = limiter(RateLimit.perSecond(2), RateLimit.perHour(3));
    limiter.tryAcquire("a");
    limiter.tryAcquire("a");

    Decision bySecond = limiter.tryAcquire("a");
    assertThat(bySecond.allowed()).isFalse();
    assertThat(bySecond.limit()).isEqualTo(RateLimit.perSecond(2));

    time.advance(Duration.ofSeconds(1));
    Decision third = limiter.tryAcquire("a");
    assertThat(third.allowed()).isTrue();
    assertThat(third.limit()).isEqualTo(RateLimit.perHour(3));
    assertThat(third.remaining()).isZero();

    Decision byHour = limiter.tryAcquire("a");
    assertThat(byHour.allowed()).isFalse();
    assertThat(byHour.retryAfter()).isEqualTo(Duration.ofMinutes(60).minusSeconds(1));
  }

  @Test
  void takesAPlanByTheKeyAndKeepsTheCountWhenThePlanChanges() {
    Plan free = Plan.of(RateLimit.perMinute(1));
    Plan paid = Plan.of(RateLimit.perMinute(3));
    boolean[] upgraded = {false};
    RateLimiter limiter =
        LocalRateLimiter.builder("api", key -> upgraded[0] ? paid : free).time(time, time).build();
    limiter.tryAcquire("a");
    assertThat(limiter.tryAcquire("a").allowed()).isFalse();

    upgraded[0] = true;

    assertThat(limiter.tryAcquire("a", 2).allowed()).isTrue();
    assertThat(limiter.tryAcquire("a").allowed()).isFalse();
  }

  @Test
  void peeksWithoutTaking() {
    RateLimiter limiter = limiter(RateLimit.perMinute(1));

    assertThat(limiter.peek("a").allowed()).isTrue();
    assertThat(limiter.peek("a").remaining()).isEqualTo(1);
    limiter.tryAcquire("a");
    assertThat(limiter.peek("a").allowed()).isFalse();
  }

  @Test
  void letsEveryoneThroughInShadowAndSaysWhomItWouldDeny() {
    RateLimiter limiter = limiter(RateLimit.perMinute(1)).shadow();

    assertThat(limiter.tryAcquire("a").shadowed()).isFalse();
    Decision over = limiter.tryAcquire("a");

    assertThat(over.allowed()).isTrue();
    assertThat(over.shadowed()).isTrue();
    assertThat(limiter.tryAcquireAsync("a").join().shadowed()).isTrue();
  }

  @Test
  void ignoresWhoMovesTheWallClock() {
    RateLimiter limiter = limiter(RateLimit.perMinute(1));
    limiter.tryAcquire("a");

    time.jumpWallClock(Duration.ofHours(1));
    assertThat(limiter.tryAcquire("a").allowed()).isFalse();
    time.jumpWallClock(Duration.ofHours(-2));
    time.advance(Duration.ofMinutes(1));
    assertThat(limiter.tryAcquire("a").allowed()).isTrue();
  }

  @Test
  void countsAFloodOfKeysAsOneAndKeepsThoseItKnows() {
    LocalRateLimiter limiter =
        LocalRateLimiter.builder("api", Plan.of(RateLimit.perMinute(5)))
            .maxKeys(100)
            .time(time, time)
            .build();
    limiter.tryAcquire("known");

    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += limiter.tryAcquire("flood-" + i).allowed() ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(99 + 5);
    assertThat(limiter.keys()).isEqualTo(100);
    assertThat(limiter.tryAcquire("known").remaining()).isEqualTo(3);
  }

  @Test
  void makesRoomWhenWindowsAreOver() {
    LocalRateLimiter limiter =
        LocalRateLimiter.builder("api", Plan.of(RateLimit.perSecond(1), RateLimit.perMinute(1)))
            .maxKeys(100)
            .time(time, time)
            .build();
    for (int i = 0; i < 1000; i++) {
      limiter.tryAcquire("old-" + i);
    }

    time.advance(Duration.ofMinutes(1));

    for (int i = 0; i < 100; i++) {
      assertThat(limiter.tryAcquire("new-" + i).allowed()).isTrue();
    }
    assertThat(limiter.keys()).isLessThanOrEqualTo(100);
  }

  @Test
  void keepsLongKeysApartWithoutKeepingThem() {
    RateLimiter limiter = limiter(RateLimit.perMinute(1));
    String huge = "k".repeat(10_000_000);
    limiter.tryAcquire(huge);

    assertThat(limiter.tryAcquire(huge).allowed()).isFalse();
    assertThat(limiter.tryAcquire(huge + "2").allowed()).isTrue();
    assertThat(limiter.tryAcquire("").allowed()).isTrue();
  }

  @Test
  void deniesMoreThanTheLimitAndRefusesNoPermits() {
    RateLimiter limiter = limiter(RateLimit.perMinute(5));

    assertThat(limiter.tryAcquire("a", 6).allowed()).isFalse();
    assertThat(limiter.tryAcquire("a", Integer.MAX_VALUE).allowed()).isFalse();
    assertThat(limiter.tryAcquire("a", 5).allowed()).isTrue();
    assertThatThrownBy(() -> limiter.tryAcquire("a", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("permits must be at least 1 but was 0");
  }

  @Test
  void admitsExactlyTheLimitsToManyThreads() throws Exception {
    LocalRateLimiter limiter = limiter(RateLimit.perMinute(1000), RateLimit.perHour(1000));
    var admitted = new java.util.concurrent.atomic.AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int n = 0; n < 1000; n++) {
                  admitted.addAndGet(limiter.tryAcquire("a").allowed() ? 1 : 0);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(admitted.get()).isEqualTo(1000);
  }
}
