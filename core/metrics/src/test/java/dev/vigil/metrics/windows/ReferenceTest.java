package dev.vigil.metrics.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of meters, windows and offsets, compared with answers that are computed from a list
 * of everything that has ever been seen.
 */
@ExtendWith(LeakedThreads.class)
class ReferenceTest {

  private static final int INTERVAL = 15;

  /** What a snapshot finds: a gauge's value, or all that a counter has ever been told. */
  private record Seen(long second, double value, boolean gap) {}

  private final List<Seen> history = new ArrayList<>();

  private int atOrBefore(long second) {
    int found = -1;
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).second <= second + INTERVAL / 8.0) { // a little late is on time
        found = i;
      }
    }
    return Math.max(0, found);
  }

  /** Growth from one snapshot to another, and the seconds that are known of it. */
  private double[] growth(int from, int to) {
    double growth = 0;
    double seconds = 0;
    for (int i = from + 1; i <= to; i++) {
      Seen now = history.get(i);
      if (!now.gap) {
        seconds += now.second - history.get(i - 1).second;
        growth += now.value - history.get(i - 1).value;
      }
    }
    return new double[] {growth, seconds};
  }

  private double increase(int window, int offset) {
    long now = history.get(history.size() - 1).second;
    double[] found = growth(atOrBefore(now - offset - window), atOrBefore(now - offset));
    return found[1] == 0 ? Double.NaN : found[0];
  }

  private double rate(int window, int offset) {
    long now = history.get(history.size() - 1).second;
    double[] found = growth(atOrBefore(now - offset - window), atOrBefore(now - offset));
    return found[1] * 2 < window || found[1] == 0 ? Double.NaN : found[0] / found[1];
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void countersAgreeWithTheSumOfAllTheyHaveDone(long seed) {
    Random random = new Random(seed);
    try (Rig rig =
        new Rig(new CompositeMeterRegistry(), it -> it.interval(Duration.ofSeconds(INTERVAL)))) {
      Counter counter = rig.registry.counter("calls");
      Series series = rig.only("calls");
      rig.windows.snapshot();
      history.add(new Seen(0, 0, false));
      int[] windows = random.ints(4, INTERVAL, 20 * INTERVAL).toArray();
      int[] offsets = {0, INTERVAL, random.nextInt(10 * INTERVAL), 0};
      List<Reading> increases = new ArrayList<>();
      List<Reading> rates = new ArrayList<>();
      for (int i = 0; i < windows.length; i++) {
        Duration window = Duration.ofSeconds(windows[i]);
        Duration offset = Duration.ofSeconds(offsets[i]);
        increases.add(series.window(WindowFunction.INCREASE, window, offset));
        rates.add(series.window(WindowFunction.RATE, window, offset));
      }
      long second = 0;
      long total = 0;
      for (int step = 0; step < 300; step++) {
        boolean gap = random.nextInt(40) == 0;
        int by = gap ? INTERVAL * (4 + random.nextInt(20)) : INTERVAL;
        if (random.nextInt(15) == 0) {
          rig.registry.remove(counter);
          counter = rig.registry.counter("calls");
        }
        int growth = random.nextInt(4) == 0 ? 0 : random.nextInt(100);
        counter.increment(growth);
        total += growth;
        second += by;
        rig.tick(Duration.ofSeconds(by));
        history.add(new Seen(second, total, gap));
        for (int i = 0; i < windows.length; i++) {
          String where = "seed " + seed + ", step " + step + ", window " + windows[i];
          assertClose(increases.get(i).value(), increase(windows[i], offsets[i]), where);
          assertClose(rates.get(i).value(), rate(windows[i], offsets[i]), where);
        }
      }
    }
  }

  private static void assertClose(double actual, double expected, String where) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as(where).isNaN();
    } else {
      assertThat(actual).as(where).isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void gaugesAgreeWithAListOfTheirSamples(long seed) {
    Map<WindowFunction, ToDoubleFunction<double[]>> naive =
        Map.of(
            WindowFunction.AVG, it -> Arrays.stream(it).average().orElse(Double.NaN),
            WindowFunction.MIN, it -> Arrays.stream(it).min().orElse(Double.NaN),
            WindowFunction.MAX, it -> Arrays.stream(it).max().orElse(Double.NaN),
            WindowFunction.SUM, it -> it.length == 0 ? Double.NaN : Arrays.stream(it).sum(),
            WindowFunction.COUNT, it -> it.length == 0 ? Double.NaN : it.length,
            WindowFunction.LAST, it -> it.length == 0 ? Double.NaN : it[it.length - 1],
            WindowFunction.DELTA, it -> it.length < 2 ? Double.NaN : it[it.length - 1] - it[0],
            WindowFunction.P90, ReferenceTest::p90);
    Random random = new Random(seed);
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    try (Rig rig =
        new Rig(new CompositeMeterRegistry(), it -> it.interval(Duration.ofSeconds(INTERVAL)))) {
      Gauge.builder("queue", value, AtomicReference::get).register(rig.registry);
      Series series = rig.only("queue");
      int window = INTERVAL * (1 + random.nextInt(20)) + random.nextInt(10);
      int offset = random.nextInt(3) * INTERVAL;
      Map<WindowFunction, Reading> readings = new HashMap<>();
      naive
          .keySet()
          .forEach(
              it ->
                  readings.put(
                      it,
                      series.window(it, Duration.ofSeconds(window), Duration.ofSeconds(offset))));
      long second = 0;
      for (int step = 0; step < 200; step++) {
        value.set(random.nextInt(5) == 0 ? Double.NaN : random.nextInt(1000) / 8.0);
        rig.tick();
        second += INTERVAL;
        history.add(new Seen(second, value.get(), false));
        long end = second - offset;
        double[] samples =
            history.stream()
                .filter(it -> it.second >= end - window && it.second <= end)
                .mapToDouble(Seen::value)
                .filter(it -> !Double.isNaN(it))
                .toArray();
        String where = "seed " + seed + ", step " + step + ", window " + window;
        naive.forEach(
            (function, answer) ->
                assertClose(
                    readings.get(function).value(),
                    answer.applyAsDouble(samples),
                    where + ", " + function));
      }
    }
  }

  private static double p90(double[] samples) {
    if (samples.length == 0) {
      return Double.NaN;
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    double rank = 0.9 * (sorted.length - 1);
    int below = (int) rank;
    return below + 1 == sorted.length
        ? sorted[below]
        : sorted[below] + (sorted[below + 1] - sorted[below]) * (rank - below);
  }
}
