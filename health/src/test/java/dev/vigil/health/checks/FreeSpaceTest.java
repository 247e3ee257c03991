package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeSpaceTest {

  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    // total GiB, usable MiB, status by default: the lower of 10 % / 10 GiB, of 3 % / 1 GiB
    "20, 2048, HEALTHY",
    "20, 2047, DEGRADED",
    "20, 615, DEGRADED",
    "20, 614, UNHEALTHY",
    "10000, 10240, HEALTHY",
    "10000, 10239, DEGRADED",
    "10000, 1024, DEGRADED",
    "10000, 1023, UNHEALTHY",
  })
  void takesTheLowerOfItsTwoLimitsByDefault(long totalGib, long usableMib, HealthStatus expected) {
    DiskSpaceCheck.Space space = new DiskSpaceCheck.Space(usableMib << 20, totalGib * GIB);

    assertThat(FreeSpace.DEFAULT.judge(space).status()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "50, HEALTHY",
    "20, HEALTHY",
    "19, DEGRADED",
    "5, DEGRADED",
    "4, UNHEALTHY",
    "0, UNHEALTHY",
  })
  void judgesByPercentAloneWhereOnlyThatIsSet(long usable, HealthStatus expected) {
    FreeSpace limits = FreeSpace.DEFAULT.withPercent(20, 5);

    assertThat(limits.judge(new DiskSpaceCheck.Space(usable, 100)).status()).isEqualTo(expected);
  }

  @Test
  void judgesByBytesAloneWhereOnlyTheyAreSet() {
    FreeSpace limits = FreeSpace.DEFAULT.withBytes(50, 10);

    assertThat(limits.judge(new DiskSpaceCheck.Space(50, 1_000_000)).status())
        .isEqualTo(HealthStatus.HEALTHY);
    assertThat(limits.judge(new DiskSpaceCheck.Space(49, 1_000_000)).status())
        .isEqualTo(HealthStatus.DEGRADED);
    assertThat(limits.judge(new DiskSpaceCheck.Space(9, 1_000_000)).status())
        .isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void countsFallingUnderEitherWhereBothAreSet() {
    FreeSpace limits = FreeSpace.DEFAULT.withPercent(20, 5).withBytes(50, 10);

    assertThat(limits.judge(new DiskSpaceCheck.Space(100, 1000)).status())
        .as("under 20 %%, over 50 bytes")
        .isEqualTo(HealthStatus.DEGRADED);
    assertThat(limits.judge(new DiskSpaceCheck.Space(40, 60)).status())
        .as("over 20 %%, under 50 bytes")
        .isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void refusesLimitsOutOfOrderWithBothValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreeSpace.DEFAULT.withPercent(5, 20))
        .withMessageContaining("degradedBelow was 5.0 and unhealthyBelow 20.0");
    assertThatIllegalArgumentException().isThrownBy(() -> FreeSpace.DEFAULT.withPercent(100, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreeSpace.DEFAULT.withPercent(Double.NaN, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> FreeSpace.DEFAULT.withBytes(10, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> FreeSpace.DEFAULT.withBytes(10, 0));
  }
}
