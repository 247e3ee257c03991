package dev.vigil.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void ordersLimitsByTheirWindows() {
    Plan plan = Plan.of(RateLimit.perHour(1000), RateLimit.perSecond(10));

    assertThat(plan.limits()).containsExactly(RateLimit.perSecond(10), RateLimit.perHour(1000));
  }

  @Test
  void refusesWindowsOfNearlyTheSameLength() {
    assertThatThrownBy(
            () -> Plan.of(RateLimit.perMinute(10), RateLimit.of(20, Duration.ofSeconds(61))))
        .hasMessage("windows of one plan must differ by 5 % or more but were PT1M and PT1M1S");
  }

  @Test
  void refusesALimitThatCouldNeverBind() {
    assertThatThrownBy(() -> Plan.of(RateLimit.perSecond(100), RateLimit.perMinute(50)))
        .hasMessageContaining("50 per PT1M leaves 100 per PT1S without effect");
  }

  @Test
  void refusesWindowsOutOfRange() {
    assertThatThrownBy(() -> RateLimit.of(1, Duration.ofNanos(10_000_001)))
        .hasMessage(
            "window must be whole milliseconds between PT0.01S and PT744H but was PT0.010000001S");
    assertThatThrownBy(() -> RateLimit.of(0, Duration.ofSeconds(1)))
        .hasMessageStartingWith("permits must be between 1 and 1000000000");
  }
}
