package dev.vigil.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloodGuardTest {

  private final FakeTime time = new FakeTime();
  private final FloodGuard guard = new FloodGuard(time);

  private List<Long> sent(int fingerprint, int errors) {
    List<Long> sent = new ArrayList<>();
    for (int i = 0; i < errors; i++) {
      long skipped = guard.admit(fingerprint);
      if (skipped != FloodGuard.SKIP) {
        sent.add(skipped);
      }
    }
    return sent;
  }

  @Test
  void sendsTheFirstOnesThenEveryTenthAndTellsHowManyItSkipped() {
    assertThat(sent(1, 25)).containsExactly(0L, 0L, 0L, 0L, 0L, 9L, 9L);
  }

  @Test
  void countsEachFingerprintByItself() {
    assertThat(sent(1, 100)).hasSize(14);
    assertThat(sent(2, 1)).containsExactly(0L);
  }

  @Test
  void beginsAnewEachMinuteAndForgetsNoneThatWereSkipped() {
    assertThat(sent(1, 10)).hasSize(5);

    time.advance(Duration.ofMinutes(1));

    assertThat(sent(1, 2)).containsExactly(5L, 0L);
  }

  @Test
  void remembersABoundedNumberOfFingerprints() {
    assertThat(sent(0, 6)).hasSize(5);
    for (int i = 1; i <= 1_000; i++) {
      assertThat(guard.admit(i)).isZero();
    }

    assertThat(guard.admit(0)).isZero(); // forgotten, and so new
  }
}
