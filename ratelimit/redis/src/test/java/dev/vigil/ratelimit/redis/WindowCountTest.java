package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowCountTest {

  @ParameterizedTest
  @CsvSource({
    // limit, count after, asked, admitted
    "10, 1, 1, 1",
    "10, 10, 10, 10",
    "10, 12, 4, 2",
    "10, 14, 4, 0",
    "10, 4000000000, 3, 0",
    "10, 5, 0, 0",
  })
  void splitsACommonIncrementExactly(int limit, long after, int asked, int admitted) {
    assertThat(new WindowCount(limit, limit).admit(after, asked)).isEqualTo(admitted);
  }

  @ParameterizedTest
  @CsvSource({
    // limit, share, seen, local permits
    "100, 50, 0, 50",
    "100, 50, 30, 50",
    "100, 50, 80, 20",
    "100, 50, 100, 0",
    "100, 50, 130, 0",
    "100, 100, 1, 99",
  })
  void grantsItsShareOfWhatIsLeft(int limit, int share, long seen, int permits) {
    WindowCount count = new WindowCount(limit, share);
    count.admit(seen, 0);

    int granted = 0;
    while (count.grant(1) >= 0) {
      granted++;
    }

    assertThat(granted).isEqualTo(permits);
    assertThat(count.takeUnreported()).isEqualTo(permits);
  }

  /** Redis's last answer comes after the local share has begun: together they keep the limit. */
  @Test
  void admitsNoMoreThanTheLimitWhenAnAnswerComesLate() {
    WindowCount count = new WindowCount(100, 100);
    count.admit(10, 10);
    assertThat(count.grant(60)).isEqualTo(30);

    int late = count.admit(60, 50);

    assertThat(late).isEqualTo(30);
    assertThat(count.grant(1)).isEqualTo(-1);
  }

  @Test
  void keepsItsShareAcrossSeveralOutagesInOneWindow() {
    WindowCount count = new WindowCount(100, 50);
    assertThat(count.grant(50)).isZero();
    assertThat(count.takeUnreported()).isEqualTo(50);
    count.admit(50, 0);

    assertThat(count.grant(1)).isEqualTo(-1);
  }

  @Test
  void reportsAgainWhatNobodyKnowsToHaveArrived() {
    WindowCount count = new WindowCount(100, 50);
    count.grant(20);
    int first = count.takeUnreported();
    count.reportFailed(first);

    assertThat(count.takeUnreported()).isEqualTo(20);
    assertThat(count.takeUnreported()).isZero();
  }

  @Test
  void takesBackWhatWasNotUsed() {
    WindowCount count = new WindowCount(10, 10);
    count.grant(6);
    count.revoke(6);

    assertThat(count.left()).isEqualTo(10);
    assertThat(count.hasUnreported()).isFalse();
  }
}
