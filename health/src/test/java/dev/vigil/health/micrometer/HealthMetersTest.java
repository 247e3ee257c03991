package dev.vigil.health.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.vigil.core.Ticker;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthRegistryBuilder;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.CertificateCheck;
import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class HealthMetersTest {

  private final FakeTime time = new FakeTime();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile HealthResult database = HealthResult.healthy();
  private final AtomicLong looks = new AtomicLong();
  private volatile long betweenLooks = TimeUnit.SECONDS.toNanos(1);
  private final Ticker looking =
      new Ticker() {
        @Override
        public long read() {
          return looks.addAndGet(betweenLooks);
        }

        @Override
        public void park(long nanos) {
          throw new UnsupportedOperationException();
        }
      };
  private HealthRegistry health;

  @AfterEach
  void close() {
    gate.countDown();
    health.close();
    meters.close();
  }

  private void bind(HealthRegistryBuilder builder) {
    health = builder.time(time, time).build();
    // Each reading a look of its own, save where a test says otherwise.
    HealthMeters.of(health, looking).bindTo(meters);
  }

  private double gauge(String name, String check) {
    return meters.get(name).tag("check", check).gauge().value();
  }

  @Test
  void showsStatusAndDuration() {
    bind(
        HealthRegistry.builder()
            .check(
                "database",
                c -> {
                  time.advance(Duration.ofMillis(250));
                  return database;
                },
                c -> c.inline().cacheFor(Duration.ofSeconds(10))));

    assertThat(meters.get("vigil.health.overall").gauge().value()).isEqualTo(0);
    assertThat(gauge("vigil.health.status", "database")).isEqualTo(0);
    assertThat(
            meters
                .get("vigil.health.duration")
                .tag("check", "database")
                .timeGauge()
                .value(TimeUnit.MILLISECONDS))
        .isCloseTo(250, within(0.001));

    database = HealthResult.degraded("slow");
    time.advance(Duration.ofSeconds(10));
    assertThat(gauge("vigil.health.status", "database")).isEqualTo(1);
    assertThat(meters.get("vigil.health.overall").gauge().value()).isEqualTo(1);

    database = HealthResult.unhealthy("down");
    time.advance(Duration.ofSeconds(10));
    assertThat(gauge("vigil.health.status", "database")).isEqualTo(2);
    health.drain("test");
    assertThat(meters.get("vigil.health.overall").gauge().value()).isEqualTo(2);
  }

  @Test
  void sharesOneLookAmongTheMetersOfAScrape() {
    bind(
        HealthRegistry.builder()
            .check("database", c -> database, c -> c.inline().cacheFor(Duration.ZERO)));
    betweenLooks = TimeUnit.MILLISECONDS.toNanos(10);
    assertThat(gauge("vigil.health.status", "database")).isZero();

    database = HealthResult.unhealthy("down");
    assertThat(meters.get("vigil.health.overall").gauge().value()).isZero();

    betweenLooks = TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(meters.get("vigil.health.overall").gauge().value()).isEqualTo(2);
  }

  @Test
  void isNotANumberBeforeTheFirstResultAndNeverWaits() {
    bind(
        HealthRegistry.builder()
            .check(
                "hangs",
                c -> {
                  gate.await();
                  return HealthResult.healthy();
                },
                c -> c.timeout(Duration.ofSeconds(5))));

    assertThat(gauge("vigil.health.status", "hangs")).isNaN();
    assertThat(meters.get("vigil.health.overall").gauge().value()).isNaN();

    gate.countDown();
    await().until(() -> gauge("vigil.health.status", "hangs") == 0);
  }

  @Test
  void countsTimeOutsAndShowsARunThatHangs() {
    bind(
        HealthRegistry.builder()
            .check(
                "hangs",
                c -> {
                  gate.await();
                  return HealthResult.healthy();
                },
                c -> c.timeout(Duration.ofSeconds(5))));
    assertThat(gauge("vigil.health.stuck", "hangs")).isNaN();

    await()
        .until(
            () -> {
              time.advance(Duration.ofSeconds(5));
              return gauge("vigil.health.stuck", "hangs") == 1;
            });
    assertThat(timeouts()).isEqualTo(1);
    assertThat(gauge("vigil.health.status", "hangs")).isEqualTo(2);

    gate.countDown();
    await().until(() -> gauge("vigil.health.stuck", "hangs") == 0);
    assertThat(timeouts()).isEqualTo(1);
  }

  private double timeouts() {
    return meters.get("vigil.health.timeouts").tag("check", "hangs").functionCounter().count();
  }

  @Test
  void showsADrillAsTheChecksStatus() {
    bind(
        HealthRegistry.builder()
            .check("database", c -> database, c -> c.inline().group(HealthGroup.READINESS)));

    health.drill("database", HealthStatus.UNHEALTHY, Duration.ofMinutes(5), "alice");

    assertThat(gauge("vigil.health.status", "database")).isEqualTo(2);
    assertThat(gauge("vigil.health.drill", "database")).isEqualTo(1);
  }

  @Test
  void followsChecksThatComeAndGo() {
    bind(HealthRegistry.builder());
    health.register("later", c -> HealthResult.healthy(), c -> c.inline());
    health.check();

    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(gauge("vigil.health.status", "later")).isEqualTo(0));

    health.unregister("later");
    assertThat(gauge("vigil.health.status", "later")).isNaN();
  }

  @Test
  void hasAGaugePerCertificate() {
    bind(
        HealthRegistry.builder()
            .check(
                "certificates",
                CertificateCheck.servers("a.invalid", "b.invalid:8443"),
                c -> c.initialDelay(Duration.ofHours(1))));

    assertThat(meters.get("vigil.certificate.days").tag("host", "a.invalid").gauge().value())
        .isNaN();
    assertThat(meters.get("vigil.certificate.days").tag("host", "b.invalid:8443").gauge().value())
        .isNaN();
  }

  @Test
  void hasTheNamesThatAreApi() {
    bind(
        HealthRegistry.builder()
            .check(
                "certificates",
                CertificateCheck.servers("a.invalid"),
                c -> c.initialDelay(Duration.ofHours(1))));

    assertThat(meters.getMeters())
        .extracting(Meter::getId)
        .extracting(
            id ->
                id.getName() + id.getTags().stream().map(tag -> "{" + tag.getKey() + "}").toList())
        .containsExactlyInAnyOrder(
            "vigil.health.overall[]",
            "vigil.health.status[{check}]",
            "vigil.health.duration[{check}]",
            "vigil.health.timeouts[{check}]",
            "vigil.health.stuck[{check}]",
            "vigil.health.drill[{check}]",
            "vigil.certificate.days[{host}]");
  }
}
