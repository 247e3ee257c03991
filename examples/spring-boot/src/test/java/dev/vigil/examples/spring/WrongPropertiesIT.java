package dev.vigil.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WrongPropertiesIT {

  @Test
  void failTheStartWithAllThatIsWrong(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                RunningApplication.start(
                    "vigil.health.port=eighty",
                    "vigil.ratelimit.limits.api.permit=5",
                    "vigil.shutdown.delay=1h"))
        .isNotNull();

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START")
        .contains("properties of Vigil are wrong:")
        .contains("vigil.health.port was \"eighty\"; allowed is a whole number from 0 to 65535")
        .contains("vigil.shutdown.delay was \"1h\"; allowed is a duration from 0s to 10m")
        .contains(
            "vigil.ratelimit.limits.api.permit is not a property; did you mean"
                + " vigil.ratelimit.limits.api.permits?")
        .doesNotContain("\tat ");
  }
}
