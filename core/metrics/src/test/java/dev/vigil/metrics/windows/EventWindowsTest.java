package dev.vigil.metrics.windows;

import static dev.vigil.metrics.windows.Rig.FIVE;
import static dev.vigil.metrics.windows.Rig.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakedThreads.class)
class EventWindowsTest {

  static List<MeterRegistry> registries() {
    return List.of(
        new CompositeMeterRegistry(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  private static Rig rig(MeterRegistry registry) {
    return new Rig(registry, it -> it.interval(MINUTE).percentiles(Set.of("http", "size")));
  }

  @ParameterizedTest
  @MethodSource("registries")
  void knowsRateMeanAndGreatestOfTheWindow(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      Timer timer = registry.timer("http");
      Series series = rig.only("http");
      Reading rate = series.window(WindowFunction.RATE, FIVE);
      Reading increase = series.window(WindowFunction.INCREASE, FIVE);
      Reading sum = series.window(WindowFunction.SUM, FIVE);
      Reading avg = series.window(WindowFunction.AVG, FIVE);
      Reading max = series.window(WindowFunction.MAX, FIVE);
      rig.windows.snapshot();
      timer.record(Duration.ofSeconds(90));
      rig.ticks(6);

      for (int i = 0; i < 5; i++) {
        timer.record(Duration.ofMillis(500));
        timer.record(Duration.ofMillis(1500));
        rig.tick();
      }

      assertThat(rate.value()).isEqualTo(10.0 / 300);
      assertThat(increase.value()).isEqualTo(10);
      assertThat(sum.value()).isCloseTo(10, within(1e-9));
      assertThat(avg.value()).isCloseTo(1, within(1e-9));
      assertThat(max.value()).isGreaterThanOrEqualTo(1.5);
      assertThat(series.unit()).isEqualTo("seconds");
      assertThat(series.unit(WindowFunction.RATE)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("registries")
  void isMissingWithoutEvents(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      registry.timer("http").record(Duration.ofSeconds(1));
      Series series = rig.only("http");
      List<Reading> readings =
          List.of(
              series.window(WindowFunction.AVG, FIVE),
              series.window(WindowFunction.MAX, FIVE),
              series.window(WindowFunction.P95, FIVE),
              series.latest());
      rig.windows.snapshot();
      rig.ticks(5);

      assertThat(readings).extracting(Reading::value).containsOnly(Double.NaN);
      assertThat(series.window(WindowFunction.INCREASE, FIVE).value()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("registries")
  void takesTheBareNameOfATimerForItsMeanOverAMinute(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      Timer timer = registry.timer("http");
      Reading latest = rig.only("http").latest();
      rig.windows.snapshot();
      timer.record(Duration.ofSeconds(9));
      rig.tick();
      timer.record(Duration.ofSeconds(1));
      timer.record(Duration.ofSeconds(2));
      rig.tick();

      assertThat(latest.value()).isCloseTo(1.5, within(1e-9));
    }
  }

  /** The vector p95_histogram, with bounds of the application's own, as Prometheus answers it. */
  @ParameterizedTest
  @MethodSource("registries")
  void agreesWithHistogramQuantileOnTheBucketsThatTheMeterHas(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      Timer timer =
          Timer.builder("http")
              .serviceLevelObjectives(
                  Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2))
              .register(registry);
      Reading p95 = rig.only("http").window(WindowFunction.P95, FIVE);
      rig.windows.snapshot();

      int[] slow = {2, 2, 2, 2, 2, 20, 20, 20, 20};
      double[] expected = {
        0.4845,
        0.4845,
        0.4845,
        0.4845,
        0.4845,
        1.0571428571428556,
        1.4065217391304334,
        1.5593749999999997,
        1.6451219512195117
      };
      for (int i = 0; i < slow.length; i++) {
        record(timer, 100, Duration.ofMillis(300));
        record(timer, slow[i], Duration.ofMillis(1700));
        rig.tick();
        assertThat(p95.value()).as("minute %d", i + 1).isCloseTo(expected[i], within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("registries")
  void bringsBucketsOfItsOwnWhereTheMeterHasNone(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      Timer timer = registry.timer("http");
      Series series = rig.only("http");
      Reading p50 = series.window(WindowFunction.P50, FIVE);
      Reading p99 = series.window(WindowFunction.P99, FIVE);
      Reading odd = series.window(WindowFunction.percentile(0.5), FIVE);
      rig.windows.snapshot();
      record(timer, 900, Duration.ofMillis(100));
      record(timer, 100, Duration.ofSeconds(3));
      rig.tick();

      assertThat(p50.value()).isCloseTo(0.1, within(0.02));
      assertThat(p99.value()).isCloseTo(3, within(0.5));
      assertThat(odd).isSameAs(p50);
    }
  }

  @ParameterizedTest
  @MethodSource("registries")
  void countsSummariesInTheirUnit(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      DistributionSummary summary =
          DistributionSummary.builder("size")
              .baseUnit("kilobytes")
              .serviceLevelObjectives(1, 10, 100)
              .register(registry);
      Series series = rig.only("size");
      Reading avg = series.window(WindowFunction.AVG, FIVE);
      Reading p50 = series.window(WindowFunction.P50, FIVE);
      Reading count = series.window(WindowFunction.COUNT, FIVE);
      rig.windows.snapshot();
      summary.record(10);
      summary.record(10);
      rig.tick();

      assertThat(avg.value()).isEqualTo(10 * 1024);
      assertThat(p50.value()).isEqualTo((1 + 9 * 0.5) * 1024);
      assertThat(count.value()).isEqualTo(2);
      assertThat(series.unit()).isEqualTo("bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("registries")
  void countsAllOfATimerThatWasBornUnderItsEyes(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      Selection selection = rig.windows.select("http");
      rig.windows.snapshot();
      rig.tick();
      record(registry.timer("http"), 10, Duration.ofMillis(200));
      rig.tick();

      Series series = selection.series().get(0);
      assertThat(series.window(WindowFunction.COUNT, FIVE).value()).isEqualTo(10);
      assertThat(series.window(WindowFunction.AVG, FIVE).value()).isCloseTo(0.2, within(1e-9));
      assertThat(series.window(WindowFunction.P95, FIVE).value()).isCloseTo(0.2, within(0.05));
      assertThat(series.latest().value()).isCloseTo(0.2, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("registries")
  void goesOnWhenATimerIsRegisteredAgain(MeterRegistry registry) {
    try (Rig rig = rig(registry)) {
      Timer before = registry.timer("http");
      Series series = rig.only("http");
      Reading count = series.window(WindowFunction.COUNT, FIVE);
      Reading p50 = series.window(WindowFunction.P50, FIVE);
      rig.windows.snapshot();
      record(before, 10, Duration.ofMillis(200));
      rig.tick();

      registry.remove(before);
      record(registry.timer("http"), 30, Duration.ofSeconds(2));
      rig.tick();

      assertThat(count.value()).isEqualTo(40);
      assertThat(p50.value()).isCloseTo(2, within(0.5));
    }
  }

  @Test
  void readsTimersThatSomebodyElseKeeps() {
    AtomicLong events = new AtomicLong();
    try (Rig rig = new Rig(new SimpleMeterRegistry())) {
      FunctionTimer.builder(
              "gc", events, AtomicLong::get, it -> it.get() * 20.0, TimeUnit.MILLISECONDS)
          .register(rig.registry);
      Series series = rig.only("gc");
      Reading avg = series.window(WindowFunction.AVG, FIVE);
      Reading rate = series.window(WindowFunction.RATE, FIVE);
      rig.windows.snapshot();
      for (int i = 0; i < 5; i++) {
        events.addAndGet(6);
        rig.tick();
      }

      assertThat(avg.value()).isCloseTo(0.02, within(1e-12));
      assertThat(rate.value()).isEqualTo(0.1);
    }
  }

  @Test
  void keepsBucketsFromTheMomentThatSomebodyAsksInARegistryOfItsOwn() {
    try (Rig rig = new Rig(new CompositeMeterRegistry())) {
      Timer timer = rig.registry.timer("late");
      record(timer, 5, Duration.ofMillis(10));
      Reading p50 = rig.only("late").window(WindowFunction.P50, FIVE);
      rig.windows.snapshot();
      record(timer, 5, Duration.ofSeconds(1));
      rig.tick();

      assertThat(p50.value()).isCloseTo(1, within(0.3));
      assertThat(rig.windows.audit()).isEmpty();
    }
  }

  @Test
  void saysWhichMetersWereRegisteredBeforeTheirBucketsWereAskedFor() {
    MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.timer("http", "uri", "/a");
    try (Rig rig = rig(registry)) {
      Reading p95 = rig.only("http").window(WindowFunction.P95, FIVE);
      rig.ticks(2);

      assertThat(p95.value()).isNaN();
      assertThat(rig.windows.audit())
          .singleElement()
          .asString()
          .isEqualTo(
              "ERROR percentiles of http{uri=\"/a\"}: missing, since the meter has no buckets that"
                  + " never decay; name it to MeterWindows.Builder.percentiles before it is"
                  + " registered, or give it publishPercentileHistogram()");
    }
  }

  @Test
  void saysThatASimpleRegistryForgets() {
    try (Rig rig = new Rig(new SimpleMeterRegistry())) {
      Timer.builder("http").serviceLevelObjectives(Duration.ofSeconds(1)).register(rig.registry);
      Reading p95 = rig.only("http").window(WindowFunction.P95, FIVE);
      rig.ticks(2);

      assertThat(p95.value()).isNaN();
      assertThat(rig.windows.audit())
          .singleElement()
          .asString()
          .contains("use a CompositeMeterRegistry");
    }
  }

  private static void record(Timer timer, int times, Duration each) {
    for (int i = 0; i < times; i++) {
      timer.record(each);
    }
  }
}
