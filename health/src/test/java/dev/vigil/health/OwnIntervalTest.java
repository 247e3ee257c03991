package dev.vigil.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnIntervalTest {

  /** A check that wants to run every hour. */
  private static final class Hourly implements HealthCheck {

    private final AtomicInteger runs = new AtomicInteger();

    @Override
    public HealthResult check(CheckContext context) {
      runs.incrementAndGet();
      return HealthResult.healthy();
    }

    @Override
    public Optional<Duration> interval() {
      return Optional.of(Duration.ofHours(1));
    }
  }

  private final FakeTime time = new FakeTime();
  private final Hourly hourly = new Hourly();
  private HealthRegistry health;

  @AfterEach
  void close() {
    health.close();
  }

  private HealthRegistryBuilder builder() {
    return HealthRegistry.builder().time(time, time).chance(() -> 0.5);
  }

  @Test
  void runsByItselfAsOftenAsTheCheckWants() {
    health = builder().check("hourly", hourly).build();
    await().until(() -> !health.last().checks().get("hourly").pending());

    time.advance(Duration.ofMinutes(59));
    health.check();
    assertThat(hourly.runs).hasValue(1);

    await()
        .until(
            () -> {
              time.advance(Duration.ofMinutes(1));
              return hourly.runs.get() == 2;
            });
  }

  @Test
  void runsAsTheApplicationSaysWhereItSays() {
    health = builder().check("hourly", hourly, c -> c.cacheFor(Duration.ofSeconds(5))).build();
    assertThat(health.last().checks().get("hourly").pending()).as("asks nobody").isTrue();
    assertThat(hourly.runs).hasValue(0);

    health.check();
    time.advance(Duration.ofSeconds(5));
    health.check();

    assertThat(hourly.runs).hasValue(2);
  }

  @Test
  void findsAChecksSelfByNameAndType() {
    health = builder().check("hourly", hourly, c -> c.inline().cacheFor(Duration.ZERO)).build();

    assertThat(health.find("hourly", Hourly.class)).containsSame(hourly);
    assertThat(health.find("hourly", AsyncHealthCheck.class)).isEmpty();
    assertThat(health.find("gone", Hourly.class)).isEmpty();
  }
}
