package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.core.Redactor;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {

  private static final Map<String, String> SETTINGS =
      Map.of("PORT", "planted-hunter2", "BLANK", "  ", "TOKEN", "planted-token");

  private static HealthResult run(SettingsCheck check) {
    return check.check(FakeContext.tenSeconds());
  }

  @Test
  void isHealthyWhereAllIsThere() {
    HealthResult result =
        run(
            SettingsCheck.of(SETTINGS::get)
                .required("TOKEN")
                .required("PORT", text -> text.startsWith("planted"), "planted"));

    assertThat(result).hasToString("healthy");
  }

  @Test
  void namesWhatIsMissingOrMalformedAndShowsNoValue() {
    HealthResult result =
        run(
            SettingsCheck.of(SETTINGS::get)
                .required("STRIPE_SECRET_KEY", "BLANK", "TOKEN")
                .required("PORT", text -> Integer.parseInt(text) > 0, "a port number"));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message())
        .isEqualTo("missing STRIPE_SECRET_KEY, BLANK; malformed PORT (expected a port number)");
    assertThat(result.data()).containsEntry("missing", List.of("STRIPE_SECRET_KEY", "BLANK"));
    assertThat(result.toString()).doesNotContain("planted");
    assertThat(result.cause()).as("NumberFormatException tells the value").isNull();
  }

  @Test
  void isDegradedWhereARecommendedOneIsMissing() {
    HealthResult result =
        run(SettingsCheck.of(SETTINGS::get).required("TOKEN").recommended("SENTRY_DSN"));

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).isEqualTo("recommended but missing SENTRY_DSN");
  }

  @Test
  void countsWhatTheLookUpThrowsAsMissing() {
    HealthResult result =
        run(
            SettingsCheck.of(
                    name -> {
                      throw new IllegalStateException("vault says planted-hunter2");
                    })
                .required("TOKEN"));

    assertThat(result).hasToString("unhealthy: missing TOKEN {missing=[TOKEN]}");
  }

  @Test
  void isStillReadableAfterTheRedactor() {
    String message = "missing DATABASE_PASSWORD, API_KEY, STRIPE_SECRET_KEY";

    assertThat(Redactor.standard().redact(message)).isEqualTo(message);
    assertThat(Redactor.standard().redact("missing", "API_KEY")).isEqualTo("API_KEY");
  }

  @Test
  void readsTheEnvironment() {
    assertThat(run(SettingsCheck.environment().required("PATH")).status())
        .isEqualTo(HealthStatus.HEALTHY);
    assertThat(run(SettingsCheck.environment().required("NO_SUCH_VIGIL_SETTING")).status())
        .isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void refusesABlankName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingsCheck.environment().required(" "));
  }
}
