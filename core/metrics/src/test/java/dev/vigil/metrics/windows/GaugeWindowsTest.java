package dev.vigil.metrics.windows;

import static dev.vigil.metrics.windows.Rig.FIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakedThreads.class)
class GaugeWindowsTest {

  private final MockClock clock = new MockClock();
  private final Rig rig = new Rig(new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock));
  private final AtomicReference<Double> value = new AtomicReference<>(0.0);

  @AfterEach
  void close() {
    rig.close();
  }

  private static WindowFunction function(String name) {
    return switch (name) {
      case "avg" -> WindowFunction.AVG;
      case "min" -> WindowFunction.MIN;
      case "max" -> WindowFunction.MAX;
      case "sum" -> WindowFunction.SUM;
      case "count" -> WindowFunction.COUNT;
      case "last" -> WindowFunction.LAST;
      case "delta" -> WindowFunction.DELTA;
      case "stddev" -> WindowFunction.STDDEV;
      case "changes" -> WindowFunction.CHANGES;
      case "p50" -> WindowFunction.P50;
      default -> WindowFunction.P90;
    };
  }

  /** The first sample of seven has left the window of five minutes, which has six of them. */
  @ParameterizedTest
  @CsvSource({
    "avg, 5.5",
    "min, 1",
    "max, 13",
    "sum, 33",
    "count, 6",
    "last, 5",
    "delta, 4",
    "stddev, 3.730504880933232",
    "changes, 4",
    "p50, 5",
    "p90, 9.5"
  })
  void answersAsPrometheusDoes(String name, double expected) {
    Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
    Reading reading = rig.only("queue").window(function(name), FIVE);

    double[] samples = {100, 1, 13, 3, 6, 5, 5};
    for (double sample : samples) {
      value.set(sample);
      rig.tick();
    }

    assertThat(reading.value()).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "avg, 3",
    "min, 2",
    "max, 4",
    "sum, 6",
    "count, 2",
    "last, 4",
    "delta, 2",
    "stddev, 1",
    "changes, 1",
    "p50, 3"
  })
  void leavesOutSamplesThatAreNotNumbers(String name, double expected) {
    Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
    Reading reading = rig.only("queue").window(function(name), FIVE);

    double[] samples = {Double.NaN, 2, Double.NaN, 4, Double.NaN};
    for (double sample : samples) {
      value.set(sample);
      rig.tick();
    }

    assertThat(reading.value()).isEqualTo(expected);
    assertThat(rig.only("queue").latest().value()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"avg", "min", "max", "sum", "count", "last", "delta", "stddev", "changes", "p50"})
  void isMissingWhereThereIsNoSample(String name) {
    value.set(Double.NaN);
    Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
    Reading reading = rig.only("queue").window(function(name), FIVE);

    rig.ticks(3);

    assertThat(reading.value()).isNaN();
  }

  @Test
  void needsTwoSamplesForADelta() {
    Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
    Reading delta = rig.only("queue").window(WindowFunction.DELTA, FIVE);

    rig.windows.snapshot();
    assertThat(delta.value()).isNaN();

    value.set(3.0);
    rig.tick();
    assertThat(delta.value()).isEqualTo(3);
  }

  @Test
  void takesWhatIsInsideOfAWindowThatIsNoMultipleOfTheInterval() {
    Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
    Reading sum = rig.only("queue").window(WindowFunction.SUM, Duration.ofSeconds(90));

    for (int i = 1; i <= 4; i++) {
      value.set((double) i);
      rig.tick();
    }

    assertThat(sum.value()).isEqualTo(3 + 4);
  }

  @ParameterizedTest
  @CsvSource({
    "percent, 80, 0.8, ''",
    "ms, 1500, 1.5, seconds",
    "milliseconds, 1500, 1.5, seconds",
    "minutes, 2, 120, seconds",
    "megabytes, 3, 3145728, bytes",
    "bytes, 7, 7, bytes",
    "connections, 7, 7, connections"
  })
  void convertsToTheUnitThatRulesCompareIn(
      String unit, double shown, double expected, String expectedUnit) {
    value.set(shown);
    Gauge.builder("it", value, AtomicReference::get).baseUnit(unit).register(rig.registry);
    Series series = rig.only("it");

    rig.windows.snapshot();

    assertThat(series.latest().value()).isEqualTo(expected);
    assertThat(series.unit()).isEqualTo(expectedUnit);
  }

  @Test
  void readsTimeGaugesAndLongTasksInSeconds() {
    value.set(2500.0);
    TimeGauge.builder("age", value, TimeUnit.MILLISECONDS, AtomicReference::get)
        .register(rig.registry);
    LongTaskTimer.builder("import").register(rig.registry).start();
    clock.add(Duration.ofSeconds(40));

    rig.only("age");
    Series task = rig.only("import");
    rig.windows.snapshot();

    assertThat(rig.only("age").latest().value()).isEqualTo(2.5);
    assertThat(rig.only("age").unit()).isEqualTo("seconds");
    assertThat(task.latest().value()).isEqualTo(40);
    assertThat(task.kind()).isEqualTo(MeterKind.LONG_TASK_TIMER);
  }

  @Test
  void isMissingOnceTheGaugesObjectIsGoneOrItsFunctionThrows() {
    Gauge.builder("broken", value, it -> Integer.parseInt("x")).register(rig.registry);
    FunctionTimer.builder(
            "throwing",
            value,
            it -> {
              throw new IllegalStateException("password=hunter2");
            },
            it -> 0,
            TimeUnit.SECONDS)
        .register(rig.registry);
    Reading rate = rig.only("throwing").window(WindowFunction.RATE, FIVE);
    rig.only("broken");

    rig.ticks(4);

    assertThat(rig.only("broken").latest().value()).isNaN();
    assertThat(rate.value()).isNaN();
    assertThat(rig.only("throwing").blocked()).isFalse();
  }

  @Test
  void refusesWhatIsNotDefinedForTheKind() {
    Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
    Series gauge = rig.only("queue");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> gauge.window(WindowFunction.RATE, FIVE))
        .withMessage("rate is not defined for queue, which is a GAUGE");
  }

  @Test
  void refusesWindowsThatAreTooShortOrTooLong() {
    Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
    Series gauge = rig.only("queue");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> gauge.window(WindowFunction.AVG, Duration.ofSeconds(59)))
        .withMessage(
            "a window must not be shorter than the interval of evaluations, PT1M, but was PT59S");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> gauge.window(WindowFunction.AVG, Duration.ofMinutes(30), Duration.ofHours(1)))
        .withMessage(
            "a window with its offset must be at most PT1H but was PT1H30M; set longestWindow");
  }
}
