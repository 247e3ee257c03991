package dev.vigil.health;

import static dev.vigil.health.HealthGroup.LIVENESS;
import static dev.vigil.health.HealthGroup.READINESS;
import static dev.vigil.health.HealthStatus.DEGRADED;
import static dev.vigil.health.HealthStatus.HEALTHY;
import static dev.vigil.health.HealthStatus.UNHEALTHY;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class DrillTest {

  private final FakeTime time = new FakeTime();
  private final List<HealthChange> changes = new CopyOnWriteArrayList<>();
  private final HealthRegistry health =
      HealthRegistry.builder()
          .time(time, time)
          .listener(changes::add)
          .check(
              "database",
              c -> HealthResult.healthy(),
              c -> c.inline().group(READINESS, LIVENESS, HealthGroup.of("eu")))
          .check("stripe", c -> HealthResult.healthy(), c -> c.inline().notCritical())
          .build();

  DrillTest() {
    health.started();
    health.check();
  }

  @AfterEach
  void close() {
    health.close();
  }

  @Test
  void saysWhatItWasToldAndThatItIsADrill() {
    health.drill("database", UNHEALTHY, ofMinutes(5), "alice");

    HealthReport report = health.check();
    CheckReport check = report.checks().get("database");

    assertThat(report.status()).isEqualTo(UNHEALTHY);
    assertThat(report.drill()).isTrue();
    assertThat(check.status()).isEqualTo(UNHEALTHY);
    assertThat(check.drill()).isTrue();
    assertThat(check.rawStatus()).contains(HEALTHY);
    assertThat(check.message())
        .contains(
            "DRILL by \"alice\" until 2026-01-01T00:05:00Z: said to be unhealthy, in truth healthy");
    assertThat(health.check(HealthGroup.of("eu")).status()).isEqualTo(UNHEALTHY);
  }

  @Test
  void leavesReadinessAloneUnlessAskedAndLivenessAlways() {
    health.drill("database", UNHEALTHY, ofMinutes(5), "alice");
    assertThat(health.check(READINESS).status()).isEqualTo(HEALTHY);
    assertThat(health.check(LIVENESS).status()).isEqualTo(HEALTHY);

    health.drill("database", UNHEALTHY, ofMinutes(5), "alice", true);
    assertThat(health.check(READINESS).status()).isEqualTo(UNHEALTHY);
    assertThat(health.check(LIVENESS).status()).isEqualTo(HEALTHY);
  }

  @Test
  void weighsAsTheCheckDoes() {
    health.drill("stripe", UNHEALTHY, ofMinutes(5), "alice");

    assertThat(health.check().status()).isEqualTo(DEGRADED);
  }

  @Test
  void endsByItselfAndTellsListenersOfBothEnds() {
    health.drill("database", DEGRADED, ofMinutes(5), "alice");
    assertThat(health.check().status()).isEqualTo(DEGRADED);
    time.advance(ofMinutes(5).minus(ofSeconds(1)));
    assertThat(health.check().status()).isEqualTo(DEGRADED);

    time.advance(ofSeconds(1));

    assertThat(health.check().status()).isEqualTo(HEALTHY);
    assertThat(health.check().drill()).isFalse();
    await()
        .untilAsserted(
            () -> {
              time.advance(ofSeconds(1));
              assertThat(changes)
                  .filteredOn(change -> change.from() != null)
                  .extracting(
                      it -> it.check() + " " + it.from() + " " + it.to() + " " + it.message())
                  .containsExactly(
                      "database HEALTHY DEGRADED DRILL by \"alice\" until"
                          + " 2026-01-01T00:05:00Z: said to be degraded",
                      "database DEGRADED HEALTHY DRILL over, its time is up");
            });
    assertThat(health.history("database")).hasSize(3);
  }

  @Test
  void endsByHand() {
    health.drill("database", UNHEALTHY, ofMinutes(5), "alice");

    assertThat(health.endDrill("database")).isTrue();
    assertThat(health.endDrill("database")).isFalse();
    assertThat(health.check().status()).isEqualTo(HEALTHY);
  }

  @Test
  void keepsWhoOrderedItFromForgingALine() {
    health.drill("database", UNHEALTHY, ofMinutes(5), "eve\nWARN all is lost");

    assertThat(health.check().checks().get("database").message().orElseThrow())
        .startsWith("DRILL by \"eve?WARN all is lost\" until");
  }

  @Test
  void refusesWhatIsNoDrill() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> health.drill("gone", UNHEALTHY, ofMinutes(5), "alice"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> health.drill("database", UNHEALTHY, Duration.ofDays(2), "alice"))
        .withMessage("length must be at most PT24H but was PT48H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> health.drill("database", UNHEALTHY, Duration.ZERO, "alice"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> health.drill("database", UNHEALTHY, ofMinutes(5), " "));
  }

  @Test
  void isForgottenWithItsCheck() {
    health.drill("stripe", UNHEALTHY, ofMinutes(5), "alice");
    health.unregister("stripe");
    health.register("stripe", c -> HealthResult.healthy(), c -> c.inline());

    assertThat(health.check().status()).isEqualTo(HEALTHY);
  }

  @Test
  void isHeardOfBeforeTheFirstResult() {
    health.register("later", c -> HealthResult.healthy(), c -> c.inline());

    health.drill("later", UNHEALTHY, ofMinutes(5), "alice");

    await()
        .untilAsserted(
            () ->
                assertThat(changes)
                    .filteredOn(change -> change.check().equals("later"))
                    .extracting(HealthChange::from, HealthChange::to)
                    .containsExactly(tuple(null, UNHEALTHY)));
  }

  @Test
  void givesWayToASecondOneAndItsTime() {
    health.drill("database", UNHEALTHY, ofMinutes(5), "alice");
    health.drill("database", DEGRADED, ofMinutes(10), "bob");

    time.advance(ofMinutes(6));
    assertThat(health.check().status()).isEqualTo(DEGRADED);
    time.advance(ofMinutes(4));
    assertThat(health.check().status()).isEqualTo(HEALTHY);
  }
}
