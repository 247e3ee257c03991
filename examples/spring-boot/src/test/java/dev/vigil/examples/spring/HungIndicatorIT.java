package dev.vigil.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An indicator of Actuator's that never returns: {@link HangingHealthIndicator}. */
class HungIndicatorIT {

  private static RunningApplication application;

  @BeforeAll
  static void start() {
    application =
        RunningApplication.with(
            HangingHealthIndicator.class,
            "vigil.health.checks.hanging.timeout=300ms",
            "vigil.health.token=a-token-of-this-test",
            "management.endpoint.health.show-components=always",
            "management.server.port=0");
  }

  @AfterAll
  static void stop() {
    HangingHealthIndicator.END.countDown();
    application.close();
  }

  private static int management() {
    return application
        .context()
        .getEnvironment()
        .getRequiredProperty("local.management.port", Integer.class);
  }

  @Test
  void healthAnswersAndSaysWhereItHangs() {
    long begin = System.nanoTime();
    HttpResponse<String> anonymous = RunningApplication.get(management(), "/health");
    HttpResponse<String> details =
        RunningApplication.get(
            management(), "/health", "Authorization", "Bearer a-token-of-this-test");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(anonymous.statusCode()).isEqualTo(503);
    assertThat(details.body())
        .contains("\"hanging\"")
        .contains("stuckAt")
        .contains("HangingHealthIndicator.health");
    assertThat(took).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void readinessAndTheOtherChecksKnowNothingOfIt() {
    assertThat(RunningApplication.get(management(), "/health/ready").statusCode()).isEqualTo(200);
    assertThat(RunningApplication.get(management(), "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void servesHealthWhereActuatorServesItsOwn() {
    assertThat(application.get("/health").statusCode()).isEqualTo(404);
    assertThat(RunningApplication.get(management(), "/actuator/health/vigil").statusCode())
        .isEqualTo(200);
  }
}
