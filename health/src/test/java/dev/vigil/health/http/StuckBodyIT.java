package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StuckBodyIT {

  @Test
  void saysToTheAuthorisedWhereACheckHangs() {
    CountDownLatch release = new CountDownLatch(1);
    try (HealthRegistry registry =
        HealthRegistry.builder()
            .check(
                "hung",
                c -> {
                  release.await();
                  return HealthResult.healthy();
                },
                c -> c.timeout(Duration.ofMillis(100)))
            .build()) {
      JsonNode hung =
          Bodies.json(
                  HealthEndpoint.builder(registry)
                      .disclosure(Disclosure.DETAILS)
                      .build()
                      .handle(get("")))
              .at("/checks/hung");

      assertThat(hung.path("timedOut").asBoolean()).isTrue();
      assertThat(hung.path("message").asText()).isNotEmpty();
      assertThat(hung.path("stuckAt").toString()).contains("CountDownLatch.await");
      assertThat(hung.path("stuckAt").size()).isBetween(1, 15);
      release.countDown();
    }
  }
}
