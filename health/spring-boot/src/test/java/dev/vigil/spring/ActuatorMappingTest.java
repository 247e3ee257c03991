package dev.vigil.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.CheckOptions;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthQuery;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActuatorMappingTest {

  @ParameterizedTest
  @CsvSource({
    "UP, HEALTHY",
    "UNKNOWN, HEALTHY",
    "DOWN, UNHEALTHY",
    "OUT_OF_SERVICE, UNHEALTHY",
    "CIRCUIT_OPEN, DEGRADED",
  })
  void readsTheirStatus(String theirs, HealthStatus ours) {
    assertThat(ActuatorIndicators.result(new Indicated(theirs, Map.of())).status()).isEqualTo(ours);
  }

  @Test
  void keepsTheClassOfTheirExceptionAndNotItsText() {
    HealthResult result =
        ActuatorIndicators.result(
            new Indicated(
                "DOWN",
                Map.of("error", "java.sql.SQLException: no login for pat/hunter2", "free", 42)));

    assertThat(result.data())
        .containsEntry("error", "java.sql.SQLException")
        .containsEntry("free", 42);
  }

  @Test
  void showsDegradedAsUpWithADetail() {
    Indicated shown = shown(context -> HealthResult.degraded("slow"), options -> {});

    assertThat(shown.status()).isEqualTo("UP");
    assertThat(shown.details()).containsEntry("degraded", true).containsEntry("message", "slow");
  }

  @Test
  void showsUnhealthyAsDown() {
    Indicated shown = shown(context -> HealthResult.unhealthy("gone"), options -> {});

    assertThat(shown.status()).isEqualTo("DOWN");
    assertThat(shown.details()).doesNotContainKey("degraded");
  }

  @Test
  void takesNothingDownForACheckThatIsNotCritical() {
    Indicated shown = shown(context -> HealthResult.unhealthy("gone"), CheckOptions::notCritical);

    assertThat(shown.status()).isEqualTo("UP");
    assertThat(shown.details()).containsEntry("degraded", true);
  }

  @Test
  void redactsWhatItShows() {
    Indicated shown =
        shown(
            context -> HealthResult.unhealthy("password=hunter2").with("token", "hunter2"),
            options -> {});

    assertThat(shown.details().toString()).doesNotContain("hunter2");
  }

  private static Indicated shown(HealthCheck check, Consumer<CheckOptions> options) {
    try (HealthRegistry registry = HealthRegistry.builder().check("it", check, options).build()) {
      return ActuatorView.of(registry.check(HealthQuery.all()).entries().get(0));
    }
  }
}
