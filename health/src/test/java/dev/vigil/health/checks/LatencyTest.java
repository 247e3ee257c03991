package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private final Latency oneSecond = Latency.over(Duration.ofSeconds(1));

  @Test
  void leavesAResultAloneThatCameExactlyAtTheLimit() {
    HealthResult result = HealthResult.healthy("fine");

    assertThat(oneSecond.judge(result, Duration.ofSeconds(1))).isSameAs(result);
  }

  @Test
  void degradesAHealthyResultThatCameLateAndKeepsItsData() {
    HealthResult result = HealthResult.healthy().with("value", 7);

    HealthResult slow = oneSecond.judge(result, Duration.ofMillis(1001));

    assertThat(slow.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(slow.message()).isEqualTo("slow: answered in 1001 ms, over 1 s");
    assertThat(slow.data()).containsExactly(java.util.Map.entry("value", 7));
  }

  @Test
  void leavesAWorseResultAlone() {
    HealthResult result = HealthResult.unhealthy("broken");

    assertThat(oneSecond.judge(result, Duration.ofHours(1))).isSameAs(result);
  }

  @Test
  void takesAnyTimeWhereThereIsNoLimit() {
    HealthResult result = HealthResult.healthy();

    assertThat(Latency.ANY.judge(result, Duration.ofDays(1))).isSameAs(result);
  }

  @Test
  void refusesALimitOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.over(Duration.ZERO))
        .withMessage("degradedOver must be positive but was PT0S");
  }

  @Test
  void saysDurationsAsPeopleDo() {
    assertThat(Latency.words(Duration.ofSeconds(2))).isEqualTo("2 s");
    assertThat(Latency.words(Duration.ofMillis(1500))).isEqualTo("1500 ms");
    assertThat(Latency.words(Duration.ofNanos(5))).isEqualTo("0 ms");
  }
}
