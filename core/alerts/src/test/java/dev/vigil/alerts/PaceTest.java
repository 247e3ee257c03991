package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.FakeTime;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final FakeTime time = new FakeTime();

  @Test
  void keepsTheReceiversGap() {
    Pace pace = new Pace("slack", Duration.ofSeconds(1), time, () -> 0.5);
    int sent = 0;

    for (int tenths = 0; tenths < 100; tenths++) {
      if (pace.begin() == 0) {
        pace.succeeded();
        sent++;
      }
      time.advance(Duration.ofMillis(100));
    }
    assertThat(sent).isEqualTo(10);
  }

  @Test
  void takesBackNoPermissionThatWasNotNeeded() {
    Pace pace = new Pace("slack", Duration.ofSeconds(1), time, () -> 0.5);
    assertThat(pace.begin()).isZero();
    pace.spared();

    assertThat(pace.begin()).isZero();
    pace.succeeded();
    assertThat(pace.begin()).isPositive();
  }

  @Test
  void opensAfterFiveFailuresAndProbesOnceAMinute() {
    Pace pace = new Pace("slack", Duration.ZERO, time, () -> 0.5);

    for (int seconds : new int[] {1, 2, 4, 8, 60, 60, 60}) {
      assertThat(pace.begin()).isZero();
      pace.failed(new ConnectException(), null);
      assertThat(pace.failing()).isTrue();
      assertThat(pace.begin()).isEqualTo(Duration.ofSeconds(seconds).toNanos());
      time.advance(Duration.ofSeconds(seconds).plusMillis(1));
    }
    assertThat(pace.begin()).isZero();
    pace.succeeded();
    assertThat(pace.failing()).isFalse();
    assertThat(pace.begin()).isZero();
  }

  @Test
  void opensForNoReceiverThatAsksToWait() {
    Pace pace = new Pace("slack", Duration.ZERO, time, () -> 0.5);

    for (int i = 0; i < 20; i++) {
      assertThat(pace.begin()).isZero();
      pace.failed(DeliveryException.temporary("429"), Duration.ofSeconds(3));
      assertThat(pace.begin()).isEqualTo(Duration.ofSeconds(3).toNanos());
      time.advance(Duration.ofSeconds(3));
    }
  }
}
