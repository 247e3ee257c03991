package dev.vigil.metrics.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The races are between a writer that registers, counts and removes, and the evaluator that walks
 * the registry in select while events of the same meters wait to be followed.
 */
@ExtendWith(LeakedThreads.class)
class MetersComeAndGoTest {

  private static final int WRITERS = 3;
  private static final int STEPS = 3_000;

  static List<MeterRegistry> registries() {
    return List.of(
        new SimpleMeterRegistry(),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        new CompositeMeterRegistry());
  }

  @ParameterizedTest
  @MethodSource("registries")
  void seesInTheEndWhatTheRegistryHas(MeterRegistry registry) throws InterruptedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(WRITERS);
    try (Rig rig = new Rig(registry, it -> it.interval(Duration.ofSeconds(15)))) {
      Selection all = rig.windows.select("calls");
      for (int i = 0; i < WRITERS; i++) {
        Thread writer = new Thread(() -> write(registry, running, failure), "writer-" + i);
        writer.start();
      }
      int selected = 0;
      while (running.getCount() > 0) {
        if (selected++ % 4 == 0) {
          rig.windows.select("calls", List.of(TagMatcher.notEqual("id", "3"))).close();
        }
        rig.tick();
        for (Series series : all.series()) {
          double increase = series.window(WindowFunction.INCREASE, Rig.FIVE).value();
          assertThat(increase >= 0 || Double.isNaN(increase)).as("increase %s", increase).isTrue();
        }
      }
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      rig.tick();

      assertThat(failure.get()).isNull();
      Set<Meter.Id> expected =
          registry.getMeters().stream()
              .map(Meter::getId)
              .filter(it -> it.getName().equals("calls"))
              .collect(Collectors.toSet());
      assertThat(all.series())
          .extracting(it -> it.meter().getId())
          .containsExactlyInAnyOrderElementsOf(expected);
      for (Series series : all.series()) {
        assertThat(series.latest().value()).isEqualTo(((Counter) series.meter()).count());
      }
    }
  }

  private static void write(
      MeterRegistry registry,
      CountDownLatch running,
      AtomicReference<@Nullable Throwable> failure) {
    Random random = new Random(Thread.currentThread().getName().hashCode());
    try {
      for (int i = 0; i < STEPS; i++) {
        Counter counter = registry.counter("calls", "id", String.valueOf(random.nextInt(20)));
        counter.increment();
        if (random.nextInt(3) == 0) {
          registry.remove(counter);
        }
      }
    } catch (RuntimeException thrown) {
      failure.set(thrown);
    } finally {
      running.countDown();
    }
  }
}
