package dev.vigil.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Ticker;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

class DrainTest {

  private final List<String> waits = new ArrayList<>();
  private long now;
  private final HealthRegistry registry = HealthRegistry.builder().build();
  private final GenericApplicationContext context = new GenericApplicationContext();
  private final Drain drain =
      new Drain(registry, context, Duration.ofSeconds(5), new RecordingTicker());

  @Test
  void opensReadinessWhenTheApplicationIsReady() {
    assertThat(readiness()).isEqualTo(HealthStatus.UNHEALTHY);

    drain.onApplicationEvent(ready(context));

    assertThat(readiness()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void takesNoNoticeOfAnotherContext() {
    drain.onApplicationEvent(ready(new GenericApplicationContext()));

    assertThat(readiness()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void closesReadinessBeforeItWaits() {
    drain.onApplicationEvent(ready(context));
    drain.start();

    drain.onApplicationEvent(new ContextClosedEvent(context));

    assertThat(readiness()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(waits).isEmpty();

    drain.stop();

    assertThat(waits).containsExactly("PT5S");
    assertThat(drain.isRunning()).isFalse();
  }

  @Test
  void doesNotDrainAContextThatIsOnlyPaused() {
    drain.onApplicationEvent(ready(context));
    drain.start();
    drain.stop();
    drain.start();

    assertThat(waits).isEmpty();
    assertThat(readiness()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void stopsBeforeTheWebServersGracefulShutdown() {
    assertThat(drain.getPhase())
        .isGreaterThan(WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE);
  }

  private HealthStatus readiness() {
    return registry.check(HealthGroup.READINESS).status();
  }

  private ApplicationReadyEvent ready(GenericApplicationContext of) {
    return new ApplicationReadyEvent(new SpringApplication(), new String[0], of, Duration.ZERO);
  }

  private final class RecordingTicker implements Ticker {

    @Override
    public long read() {
      return now;
    }

    @Override
    public void park(long nanos) {
      waits.add(Duration.ofNanos(nanos).toString());
      now += nanos;
    }
  }
}
