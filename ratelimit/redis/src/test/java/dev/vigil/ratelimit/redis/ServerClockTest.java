package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerClockTest {

  private final FakeTime time = new FakeTime();
  private final ServerClock clock = new ServerClock(time, time);
  private final long wall = time.millis();

  /** A sample taken now, of a server that is ahead, by a round trip that long. */
  private void sample(Duration ahead, Duration roundTrip) {
    long sent = time.read();
    time.advance(roundTrip);
    long middle = (time.millis() - roundTrip.toMillis() / 2) * 1_000;
    clock.sample(sent, time.read(), middle + ahead.toNanos() / 1_000);
  }

  private long ahead() {
    return clock.millis() - time.millis();
  }

  @Test
  void tellsTheHostsTimeUntilTheFirstSample() {
    assertThat(clock.millis()).isEqualTo(wall);
  }

  @Test
  void followsAServerWhoseClockIsApart() {
    sample(Duration.ofSeconds(-30), Duration.ofMillis(2));

    assertThat(ahead()).isEqualTo(-30_000);
  }

  @Test
  void prefersTheSmallerRoundTripUntilItHasAged() {
    sample(Duration.ofMillis(100), Duration.ofMillis(2));
    sample(Duration.ofMillis(140), Duration.ofMillis(80));
    assertThat(ahead()).isEqualTo(100);

    time.advance(Duration.ofMinutes(10));
    sample(Duration.ofMillis(140), Duration.ofMillis(80));
    assertThat(ahead()).isEqualTo(140);
  }

  @Test
  void refusesAWildSampleUntilTheNextOneAgrees() {
    sample(Duration.ZERO, Duration.ofMillis(2));
    sample(Duration.ofMinutes(5), Duration.ofMillis(2));
    assertThat(ahead()).isZero();
    assertThat(clock.isDue(time.read())).isTrue();

    sample(Duration.ofMinutes(5), Duration.ofMillis(2));
    assertThat(ahead()).isEqualTo(300_000);
  }

  @Test
  void refusesAServerThatIsDaysOff() {
    sample(Duration.ofDays(-3650), Duration.ofMillis(2));
    sample(Duration.ofDays(-3650), Duration.ofMillis(2));

    assertThat(ahead()).isZero();
  }

  @Test
  void ignoresWhoMovesTheHostsClock() {
    sample(Duration.ZERO, Duration.ofMillis(2));
    long before = clock.millis();

    time.jumpWallClock(Duration.ofHours(1));

    assertThat(clock.millis()).isEqualTo(before);
  }

  @Test
  void asksAtTheStartAndThenEveryHalfMinute() {
    assertThat(clock.isDue(time.read())).isTrue();
    assertThat(clock.isDue(time.read())).isFalse();
    time.advance(Duration.ofSeconds(31));
    assertThat(clock.isDue(time.read())).isTrue();
  }
}
