package dev.vigil.health;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.LeakedThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 50 threads that ask as fast as they can for 5 s: what is checked must not notice. */
@ExtendWith(LeakedThreads.class)
class ProbeStormIT {

  private static final int THREADS = 50;
  private static final Duration STORM = Duration.ofSeconds(5);
  private static final Duration WINDOW = ofMillis(250);

  @Test
  void eachCheckRunsAtMostOncePerWindow() throws Exception {
    List<Long> quickRuns = new CopyOnWriteArrayList<>();
    List<Long> slowEnds = new CopyOnWriteArrayList<>();
    List<Long> slowStarts = new CopyOnWriteArrayList<>();
    try (HealthRegistry health =
        HealthRegistry.builder()
            .check(
                "quick",
                context -> {
                  quickRuns.add(System.nanoTime());
                  return HealthResult.healthy();
                },
                c -> c.cacheFor(WINDOW))
            .check(
                "slow",
                context -> {
                  slowStarts.add(System.nanoTime());
                  Thread.sleep(100);
                  slowEnds.add(System.nanoTime());
                  return HealthResult.healthy();
                },
                c -> c.cacheFor(WINDOW))
            .build()) {
      LongAdder answers = storm(health);

      System.out.printf(
          "storm: %d answers, %d quick runs, %d slow runs in %d windows%n",
          answers.sum(), quickRuns.size(), slowStarts.size(), STORM.dividedBy(WINDOW));
      assertThat(answers.sum()).isGreaterThan(THREADS);
      assertThat((long) quickRuns.size()).isBetween(2L, STORM.dividedBy(WINDOW) + 2);
      for (int i = 1; i < slowStarts.size(); i++) {
        // The window counts from the end of a run.
        assertThat(slowStarts.get(i) - slowEnds.get(i - 1))
            .isGreaterThanOrEqualTo(WINDOW.toNanos());
      }
      for (int i = 1; i < quickRuns.size(); i++) {
        assertThat(quickRuns.get(i) - quickRuns.get(i - 1))
            .isGreaterThanOrEqualTo(WINDOW.toNanos());
      }
    }
  }

  private static LongAdder storm(HealthRegistry health) throws InterruptedException {
    LongAdder answers = new LongAdder();
    ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    CountDownLatch go = new CountDownLatch(1);
    try {
      for (int i = 0; i < THREADS; i++) {
        callers.execute(
            () -> {
              try {
                go.await();
              } catch (InterruptedException interrupted) {
                return;
              }
              long end = System.nanoTime() + STORM.toNanos();
              while (System.nanoTime() - end < 0) {
                if (health.check().status() == HealthStatus.HEALTHY) {
                  answers.increment();
                }
              }
            });
      }
      go.countDown();
    } finally {
      callers.shutdown();
    }
    assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    return answers;
  }
}
