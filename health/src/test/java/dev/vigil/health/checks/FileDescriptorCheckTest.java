package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDescriptorCheckTest {

  @ParameterizedTest
  @CsvSource({"750, HEALTHY", "751, DEGRADED", "900, DEGRADED", "901, UNHEALTHY"})
  void judgesByTheShareInUse(long open, HealthStatus expected) {
    assertThat(run(FileDescriptorCheck.of(figures(open, 1000))).status()).isEqualTo(expected);
  }

  @Test
  void saysHowMuchIsInUse() {
    HealthResult result = run(FileDescriptorCheck.of(figures(950, 1000)));

    assertThat(result)
        .hasToString(
            "unhealthy: 95.0 % of file descriptors in use, over 90.0 %"
                + " {open=950, limit=1000, percent=95.0}");
  }

  @Test
  void isHealthyWhereTheSystemDoesNotTell() {
    assertThat(run(FileDescriptorCheck.of(null)).status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(run(FileDescriptorCheck.of(figures(-1, -1))).message())
        .isEqualTo("the system does not tell");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void readsThisProcess() {
    HealthResult result = run(FileDescriptorCheck.create());

    assertThat((Long) result.data().get("open")).isPositive();
    assertThat((Long) result.data().get("limit")).isPositive();
  }

  private static FileDescriptorCheck.Probe figures(long open, long limit) {
    return new FileDescriptorCheck.Probe() {
      @Override
      public long open() {
        return open;
      }

      @Override
      public long limit() {
        return limit;
      }
    };
  }

  private static HealthResult run(FileDescriptorCheck check) {
    return check.check(FakeContext.tenSeconds());
  }
}
