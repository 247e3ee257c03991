package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {

  @ParameterizedTest
  @CsvSource({
    "0, HEALTHY",
    "75, HEALTHY",
    "75.1, DEGRADED",
    "90, DEGRADED",
    "90.1, UNHEALTHY",
    "100, UNHEALTHY",
  })
  void countsWhatIsOverAndNotWhatIsAt(double percent, HealthStatus expected) {
    assertThat(Thresholds.MEMORY.judge(percent)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"90, 75", "75, 75", "0, 75", "-1, 75", "75, 100", "NaN, 75", "75, NaN"})
  void refusesWhatContradictsItselfWithBothValues(double degraded, double unhealthy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Thresholds(degraded, unhealthy))
        .withMessage(
            "thresholds must be percentages with 0 < degraded < unhealthy < 100 but degraded was "
                + degraded
                + " and unhealthy "
                + unhealthy);
  }
}
