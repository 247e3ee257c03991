package dev.vigil.health;

import static dev.vigil.health.HealthGroup.LIVENESS;
import static dev.vigil.health.HealthGroup.READINESS;
import static dev.vigil.health.HealthGroup.STARTUP;
import static dev.vigil.health.HealthStatus.HEALTHY;
import static dev.vigil.health.HealthStatus.UNHEALTHY;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class LifecycleTest {

  private final FakeTime time = new FakeTime();
  private final HealthRegistryBuilder builder =
      HealthRegistry.builder().time(time, time).chance(() -> 0.5);
  private HealthRegistry health;

  @AfterEach
  void close() {
    if (health != null) {
      health.close();
    }
  }

  private HealthRegistry build() {
    health = builder.build();
    return health;
  }

  @Test
  void readinessWaitsForStarted() {
    build();
    assertThat(health.check(READINESS).status()).isEqualTo(UNHEALTHY);
    assertThat(health.check(READINESS).reason())
        .contains("starting: waits for HealthRegistry.started()");
    assertThat(health.check(STARTUP).status()).isEqualTo(UNHEALTHY);
    assertThat(health.check(LIVENESS).status()).isEqualTo(HEALTHY);
    assertThat(health.check().status()).isEqualTo(HEALTHY);

    health.started();

    assertThat(health.check(READINESS).status()).isEqualTo(HEALTHY);
    assertThat(health.check(READINESS).checks()).containsOnlyKeys("lifecycle");
    assertThat(health.check(STARTUP).status()).isEqualTo(HEALTHY);
  }

  @Test
  void readinessWaitsForAllStartupChecksToPassOnceWhoeverAsks() {
    Puppet warm = new Puppet();
    Puppet migrated = new Puppet();
    warm.fails();
    migrated.fails();
    builder.check("warm", warm, c -> c.group(STARTUP));
    builder.check("migrated", migrated, c -> c.group(STARTUP));
    build();
    assertThat(health.check(READINESS).reason())
        .contains("starting: waits for warm, migrated to pass once");

    warm.recovers();
    time.advance(ofSeconds(2));
    assertThat(health.check(READINESS).reason())
        .contains("starting: waits for migrated to pass once");

    warm.fails(); // once is enough
    migrated.recovers();
    time.advance(ofSeconds(2));
    assertThat(health.check(READINESS).status()).isEqualTo(HEALTHY);
  }

  @Test
  void startupLatchesAndRunsItsChecksNoMore() {
    Puppet warm = new Puppet();
    builder.check("warm", warm, c -> c.group(STARTUP));
    assertThat(build().check(STARTUP).status()).isEqualTo(HEALTHY);
    int runs = warm.runs();

    warm.fails();
    time.advance(ofSeconds(60));

    assertThat(health.check(STARTUP).status()).isEqualTo(HEALTHY);
    assertThat(warm.runs()).isEqualTo(runs);
  }

  @Test
  void beforeTheFirstResultReadinessIsUnhealthyAndLivenessHealthy() {
    builder.check(
        "late",
        context -> HealthResult.healthy(),
        c -> c.every(ofSeconds(30)).initialDelay(ofSeconds(10)).group(LIVENESS, READINESS));
    build().started();

    assertThat(health.check(LIVENESS).status()).isEqualTo(HEALTHY);
    assertThat(health.check(LIVENESS).checks().get("late").pending()).isTrue();
    assertThat(health.check(READINESS).status()).isEqualTo(UNHEALTHY);
  }

  @Test
  void drainingTakesTheInstanceOutAtOnceAndForGood() {
    builder.check("fine", context -> HealthResult.healthy(), c -> c.group(READINESS, LIVENESS));
    build().started();
    assertThat(health.check(READINESS).status()).isEqualTo(HEALTHY);
    assertThat(health.check().status()).isEqualTo(HEALTHY);

    health.drain("shutting down");

    assertThat(health.check(READINESS).status()).isEqualTo(UNHEALTHY);
    assertThat(health.check().status()).isEqualTo(UNHEALTHY);
    assertThat(health.check().reason()).contains("draining: shutting down");
    assertThat(health.check().checks().get("lifecycle").status()).isEqualTo(UNHEALTHY);
    assertThat(health.check(LIVENESS).status()).isEqualTo(HEALTHY);
  }

  @Test
  void maintenanceGoesOnAndOff() {
    build().started();

    health.maintenance(true, "new disk");
    assertThat(health.check(READINESS).reason()).contains("in maintenance: new disk");
    assertThat(health.check().status()).isEqualTo(UNHEALTHY);
    assertThat(health.check(LIVENESS).status()).isEqualTo(HEALTHY);

    health.maintenance(false, "done");
    assertThat(health.check(READINESS).status()).isEqualTo(HEALTHY);
    assertThat(health.check().checks()).isEmpty();
  }

  @Test
  void listenersHearOfEachChangeOnceAndInOrder() {
    Puppet puppet = new Puppet();
    List<String> heard = new CopyOnWriteArrayList<>();
    builder.check("puppet", puppet);
    builder.listener(
        change -> {
          throw new IllegalStateException("a listener's own trouble");
        });
    builder.listener(change -> heard.add(change.from() + ">" + change.to()));
    build();

    health.check();
    puppet.fails();
    time.advance(ofSeconds(2));
    health.check();
    time.advance(ofSeconds(2));
    health.check();
    puppet.recovers();
    time.advance(ofSeconds(2));
    health.check();

    Meeting.until(() -> heard.size() == 3);
    assertThat(heard).containsExactly("null>HEALTHY", "HEALTHY>UNHEALTHY", "UNHEALTHY>HEALTHY");
    assertThat(health.history("puppet"))
        .extracting(HealthChange::to)
        .containsExactly(HEALTHY, UNHEALTHY, HEALTHY);
  }

  @Test
  void historyIsBounded() {
    Puppet puppet = new Puppet();
    builder.check("puppet", puppet);
    build();

    for (int i = 0; i < 30; i++) {
      puppet.answers(i % 2 == 0 ? HealthResult.healthy() : HealthResult.degraded("odd"));
      health.check();
      time.advance(ofSeconds(2));
    }

    assertThat(health.history("puppet")).hasSize(20);
  }

  @Test
  void theWallClockMayJumpWithoutConsequence() {
    Puppet puppet = new Puppet();
    builder.check("puppet", puppet);
    build();
    HealthReport first = health.check();

    time.jumpWallClock(ofSeconds(-86_400));

    assertThat(health.check()).isSameAs(first);
    assertThat(puppet.runs()).isOne();
  }
}
