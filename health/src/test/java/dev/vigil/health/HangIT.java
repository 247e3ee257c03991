package dev.vigil.health;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.LeakedThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 20 checks that never return, 5 good ones, 200 callers at once: what no peer on the JVM survives.
 */
@ExtendWith(LeakedThreads.class)
class HangIT {

  private static final int HUNG = 20;
  private static final int GOOD = 5;
  private static final int CALLERS = 200;
  private static final Duration TIMEOUT = ofSeconds(1);
  private static final Duration PROMISED = TIMEOUT.plusMillis(250);
  private static final Duration ASSERTED = PROMISED.multipliedBy(5); // slack for a busy machine

  @ParameterizedTest(name = "deaf={0}, interrupting={1}")
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void everyoneIsAnsweredAndNothingPilesUp(boolean deaf, boolean interrupting) throws Exception {
    CountDownLatch mend = new CountDownLatch(1);
    AtomicInteger started = new AtomicInteger();
    HealthRegistryBuilder builder = HealthRegistry.builder().defaultTimeout(TIMEOUT);
    for (int i = 0; i < HUNG; i++) {
      builder.check(
          "hung" + i,
          context -> {
            started.incrementAndGet();
            hang(mend, deaf);
            return HealthResult.healthy();
          },
          c -> {
            if (interrupting) {
              c.interruptOnTimeout();
            }
          });
    }
    for (int i = 0; i < GOOD; i++) {
      builder.check("good" + i, context -> HealthResult.healthy());
    }
    boolean returnsOnInterrupt = interrupting && !deaf;
    try (HealthRegistry health = builder.build()) {
      List<HealthReport> first = wave(health, "first");

      assertThat(first)
          .allSatisfy(
              report -> {
                assertThat(report.status()).isEqualTo(HealthStatus.UNHEALTHY);
                assertThat(report.checks().get("good0").status()).isEqualTo(HealthStatus.HEALTHY);
                assertThat(report.checks().get("good4").status()).isEqualTo(HealthStatus.HEALTHY);
                assertThat(report.checks().get("hung7").status()).isEqualTo(HealthStatus.UNHEALTHY);
              });
      assertThat(started).hasValue(HUNG);
      assertThat(ourThreads()).isLessThanOrEqualTo(HUNG + GOOD + 10);

      if (!returnsOnInterrupt) {
        wave(health, "second");
        List<HealthReport> third = wave(health, "third");
        assertThat(started).hasValue(HUNG);
        assertThat(third.get(0).checks().get("hung0").stuckAt())
            .anySatisfy(frame -> assertThat(frame).contains("HangIT.hang"));
        assertThat(third.get(0).checks().get("hung0").timedOut()).isTrue();
      }

      mend.countDown();
      Awaitility.await()
          .atMost(ASSERTED)
          .untilAsserted(() -> assertThat(health.check().status()).isEqualTo(HealthStatus.HEALTHY));
    }
    Awaitility.await().atMost(ASSERTED).untilAsserted(() -> assertThat(ourThreads()).isZero());
  }

  @Test
  void aGroupWithoutTheHungCheckDoesNotWaitForIt() throws Exception {
    CountDownLatch mend = new CountDownLatch(1);
    HealthGroup quick = HealthGroup.of("quick");
    try (HealthRegistry health =
        HealthRegistry.builder()
            .check("hung", context -> hang(mend, true))
            .check("good", context -> HealthResult.healthy(), c -> c.group(quick))
            .build()) {
      Future<HealthReport> whole = health.checkAsync();

      HealthReport report = health.checkAsync(HealthQuery.group(quick)).get(5, TimeUnit.SECONDS);

      assertThat(report.status()).isEqualTo(HealthStatus.HEALTHY);
      assertThat(whole.isDone()).isFalse();
      mend.countDown();
    }
  }

  private static HealthResult hang(CountDownLatch mend, boolean deaf) throws InterruptedException {
    while (true) {
      try {
        mend.await();
        return HealthResult.healthy();
      } catch (InterruptedException interrupted) {
        if (!deaf) {
          throw interrupted;
        }
      }
    }
  }

  private static List<HealthReport> wave(HealthRegistry health, String name) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Long>> times = new ArrayList<>();
      List<HealthReport> reports = java.util.Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < CALLERS; i++) {
        times.add(
            callers.submit(
                () -> {
                  go.await();
                  long begin = System.nanoTime();
                  reports.add(health.check());
                  return System.nanoTime() - begin;
                }));
      }
      Thread.sleep(200); // all callers at the gate
      go.countDown();
      long slowest = 0;
      for (Future<Long> time : times) {
        slowest = Math.max(slowest, time.get(60, TimeUnit.SECONDS));
      }
      System.out.printf(
          "%s wave: %d of %d answered, slowest after %d ms (promised %d ms), our threads %d%n",
          name,
          reports.size(),
          CALLERS,
          TimeUnit.NANOSECONDS.toMillis(slowest),
          PROMISED.toMillis(),
          ourThreads());
      assertThat(reports).hasSize(CALLERS);
      assertThat(Duration.ofNanos(slowest)).isLessThan(ASSERTED);
      return reports;
    } finally {
      callers.shutdownNow();
    }
  }

  private static long ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vigil-"))
        .count();
  }
}
