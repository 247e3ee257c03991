package dev.vigil.metrics.windows;

import static dev.vigil.metrics.windows.Rig.FIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.logging.LoggingMeterRegistry;
import io.micrometer.core.instrument.simple.CountingMode;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class SourceTest {

  private static final SimpleConfig STEPS =
      new SimpleConfig() {
        @Override
        public @Nullable String get(String key) {
          return null;
        }

        @Override
        public CountingMode mode() {
          return CountingMode.STEP;
        }
      };

  private static void counts(MeterRegistry registry) {
    try (Rig rig = new Rig(registry)) {
      Counter counter = registry.counter("calls");
      Reading increase = rig.only("calls").window(WindowFunction.INCREASE, FIVE);
      rig.windows.snapshot();
      for (int i = 0; i < 7; i++) {
        counter.increment(2);
        rig.tick();
      }
      assertThat(increase.value()).isEqualTo(10);
    }
  }

  @Test
  void readsRegistriesThatKeepCumulativeCounts() {
    counts(new SimpleMeterRegistry());
    counts(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  @Test
  void leavesACompositeRegistryAloneThatHasACumulativeMember() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CompositeMeterRegistry inner = new CompositeMeterRegistry().add(prometheus);
    CompositeMeterRegistry outer = new CompositeMeterRegistry().add(inner);

    counts(outer);
    try (Rig rig = new Rig(outer, it -> it.interval(Rig.MINUTE).percentiles(Set.of("http")))) {
      outer.timer("http").record(Duration.ofSeconds(1));
      assertThat(rig.only("http").window(WindowFunction.P95, FIVE)).isNotNull();
      assertThat(rig.windows.audit()).isEmpty();
    }

    assertThat(outer.getRegistries()).containsExactly(inner);
    assertThat(prometheus.scrape()).contains("http_seconds_bucket");
  }

  @Test
  void joinsACompositeRegistryWithoutACumulativeMemberUntilItIsClosed() {
    CompositeMeterRegistry composite = new CompositeMeterRegistry();
    SimpleMeterRegistry steps = new SimpleMeterRegistry(STEPS, Clock.SYSTEM);
    composite.add(steps);
    composite.counter("known");

    try (Rig rig = new Rig(composite)) {
      assertThat(rig.windows.audit()).isEmpty();
      assertThat(composite.getRegistries()).hasSize(2);
    }
    assertThat(composite.getRegistries()).containsExactly(steps);

    counts(composite);
  }

  @Test
  void joinsBesideASimpleRegistryForPercentiles() {
    CompositeMeterRegistry composite = new CompositeMeterRegistry().add(new SimpleMeterRegistry());

    try (Rig rig = new Rig(composite)) {
      assertThat(rig.windows.audit()).isEmpty();
      assertThat(composite.getRegistries()).hasSize(1);
    }
    try (Rig rig = new Rig(composite, it -> it.interval(Rig.MINUTE).percentiles(Set.of("http")))) {
      assertThat(rig.windows.audit()).isEmpty();
      assertThat(composite.getRegistries()).hasSize(2);
    }
  }

  @Test
  void refusesARegistryThatForgetsAtEachStep() {
    LoggingMeterRegistry registry = new LoggingMeterRegistry();
    registry.stop();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeterWindows.on(registry).build())
        .withMessage(
            "the registry must keep cumulative counts, as Prometheus's and the simple one do, or be"
                + " composite, but was a io.micrometer.core.instrument.logging.LoggingMeterRegistry;"
                + " add it to a CompositeMeterRegistry, have the application use that, and pass it"
                + " here");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              SimpleMeterRegistry steps = new SimpleMeterRegistry(STEPS, Clock.SYSTEM);
              steps.counter("calls");
              MeterWindows.on(steps).build();
            });
  }

  @Test
  void saysOfEachMeterThatForgetsThatItIsMissing() {
    MeterRegistry steps = new SimpleMeterRegistry(STEPS, Clock.SYSTEM);
    try (Rig rig = new Rig(steps)) {
      Selection selection = rig.windows.select("calls");
      steps.counter("calls").increment();
      rig.tick();

      assertThat(selection.series()).isEmpty();
      assertThat(rig.windows.audit())
          .singleElement()
          .asString()
          .startsWith("ERROR meter calls: missing, since it shows the last step only; add the");
    }
  }

  @Test
  void addsBucketsToNoMeterThatNobodyWantsPercentilesOf() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Rig rig = new Rig(prometheus, it -> it.interval(Rig.MINUTE).percentiles(Set.of("http")))) {
      prometheus.timer("http").record(Duration.ofSeconds(1));
      prometheus.timer("db").record(Duration.ofSeconds(1));
      rig.windows.percentiles(Set.of("later"));
      prometheus.timer("later").record(Duration.ofSeconds(1));

      assertThat(prometheus.scrape())
          .contains("http_seconds_bucket", "later_seconds_bucket", "db_seconds_count")
          .doesNotContain("db_seconds_bucket");
    }
  }

  @Test
  void refusesALongestWindowBelowTheInterval() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MeterWindows.on(new SimpleMeterRegistry())
                    .longestWindow(Duration.ofSeconds(5))
                    .build())
        .withMessage("longestWindow must be at least the interval, PT15S, but was PT5S");
  }
}
