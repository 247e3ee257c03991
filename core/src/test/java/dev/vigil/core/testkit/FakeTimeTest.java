package dev.vigil.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FakeTimeTest {

  private final FakeTime time = new FakeTime();

  @Test
  void movesBothClocksTogether() {
    time.advance(Duration.ofMillis(1_500));

    assertThat(time.read()).isEqualTo(1_500_000_000L);
    assertThat(time.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:01.500Z"));
  }

  @Test
  void jumpsTheWallClockWithoutMeasuredTime() {
    time.jumpWallClock(Duration.ofHours(-1));

    assertThat(time.read()).isZero();
    assertThat(time.instant()).isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
  }

  @Test
  void refusesToGoBack() {
    assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jumpWallClock");
  }

  @Test
  void wakesAThreadOnlyWhenItsTimeHasCome() throws InterruptedException {
    CountDownLatch woken = new CountDownLatch(1);
    Thread sleeper =
        new Thread(
            () -> {
              while (time.read() < 1_000) {
                time.park(1_000 - time.read());
              }
              woken.countDown();
            });
    sleeper.start();
    time.awaitWaiting(1);

    time.advance(Duration.ofNanos(999));
    assertThat(time.waiting()).isOne();
    assertThat(woken.getCount()).isOne();

    time.advance(Duration.ofNanos(1));
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(time.waiting()).isZero();
  }

  @Test
  void doesNotWaitForNoTime() {
    time.park(0);
    time.park(-1);

    assertThat(time.waiting()).isZero();
  }
}
