package dev.vigil.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequireTest {

  @Test
  void returnsWhatHolds() {
    assertThat(Require.positive("timeout", Duration.ofNanos(1))).isEqualTo(Duration.ofNanos(1));
    assertThat(Require.notNegative("delay", Duration.ZERO)).isZero();
    assertThat(Require.between("port", 1, 65_535, 65_535)).isEqualTo(65_535);
  }

  @Test
  void saysNameExpectationAndActual() {
    assertThatThrownBy(() -> Require.positive("timeout", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be positive but was PT0S");
    assertThatThrownBy(() -> Require.notNegative("delay", Duration.ofMillis(-1)))
        .hasMessage("delay must be zero or positive but was PT-0.001S");
    assertThatThrownBy(() -> Require.between("port", 1, 65_535, 0))
        .hasMessage("port must be between 1 and 65535 but was 0");
  }

  @Test
  void refusesDurationsThatOverflowNanoseconds() {
    assertThatThrownBy(() -> Require.positive("timeout", Duration.ofSeconds(Long.MAX_VALUE)))
        .hasMessageStartingWith("timeout must be at most 100 years but was PT");
  }
}
