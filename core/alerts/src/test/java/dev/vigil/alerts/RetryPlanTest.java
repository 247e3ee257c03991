package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPlanTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "3, 4",
    "4, 8",
    "5, 16",
    "6, 32",
    "7, 60",
    "8, 60",
    "100, 60",
    "2147483647, 60"
  })
  void doublesFromASecondToAMinute(int failures, long seconds) {
    assertThat(RetryPlan.delay(failures, null, 0.5))
        .isEqualTo(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void spreadsByAFifthEachWay() {
    assertThat(RetryPlan.delay(4, null, 0)).isEqualTo(Duration.ofMillis(6_400).toNanos());
    assertThat(RetryPlan.delay(4, null, 1)).isEqualTo(Duration.ofMillis(9_600).toNanos());
  }

  @ParameterizedTest
  @CsvSource({"PT7S, PT7S", "PT0S, PT1S", "PT-5S, PT1S", "PT2H, PT15M", "P9999999D, PT15M"})
  void obeysTheReceiverWithinReason(Duration asked, Duration waits) {
    assertThat(RetryPlan.delay(5, asked, 0.9)).isEqualTo(waits.toNanos());
  }
}
