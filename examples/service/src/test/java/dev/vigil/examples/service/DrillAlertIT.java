package dev.vigil.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.alerts.AlertEngine;
import dev.vigil.alerts.AlertPack;
import dev.vigil.alerts.AlertState;
import dev.vigil.alerts.AlertTransition;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.micrometer.HealthMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A drill goes the whole way: from the check over its gauge to an alert that says what it is. */
class DrillAlertIT {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant moment = Instant.EPOCH;

  @Test
  void aDrillFiresTheAlertOfAFailureAndOneThatSaysDrill() {
    try (HealthRegistry health =
            HealthRegistry.builder()
                .check("database", context -> HealthResult.healthy(), c -> c.inline())
                .build();
        AlertEngine engine = AlertEngine.builder(meters).rules(AlertPack.standard()).build()) {
      HealthMeters.of(health).bindTo(meters);
      assertThat(fired(engine)).isEmpty();

      health.drill("database", HealthStatus.UNHEALTHY, Duration.ofMinutes(5), "alice");

      // Gauges look at the registry once a second, however often they are read.
      await()
          .untilAsserted(
              () ->
                  assertThat(fired(engine))
                      .containsExactly(
                          "DRILL: health check database says what it was told to say"));
      for (int i = 0; i < 3; i++) {
        assertThat(fired(engine)).isEmpty();
      }
      assertThat(fired(engine)).containsExactly("health check database is unhealthy");

      assertThat(health.endDrill("database")).isTrue();
      await()
          .untilAsserted(
              () ->
                  assertThat(engine.evaluate(next()))
                      .extracting(AlertTransition::to)
                      .containsExactly(AlertState.RESOLVED, AlertState.RESOLVED));
    }
  }

  private Instant next() {
    moment = moment.plusSeconds(15);
    return moment;
  }

  private List<String> fired(AlertEngine engine) {
    return engine.evaluate(next()).stream()
        .filter(change -> change.alert().state() == AlertState.FIRING)
        .map(change -> change.alert().summary())
        .toList();
  }
}
