package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaturationCheckTest {

  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    gate.countDown();
  }

  @Test
  void watchesAPoolsQueue() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(10));
    for (int i = 0; i < 9; i++) {
      pool.execute(this::work);
    }

    HealthResult degraded = run(SaturationCheck.pool(pool));
    pool.execute(this::work);
    pool.execute(this::work);
    HealthResult unhealthy = run(SaturationCheck.pool(pool));
    pool.shutdownNow();

    assertThat(degraded.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(degraded.message()).isEqualTo("the pool's queue is 80.0 % full, over 75.0 %");
    assertThat(degraded.data())
        .containsEntry("queued", 8)
        .containsEntry("activeThreads", 1)
        .containsEntry("limit", 10L);
    assertThat(unhealthy.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(run(SaturationCheck.pool(pool)).message()).isEqualTo("the pool is shut down");
  }

  @Test
  void watchesTheThreadsOfAPoolWithoutAQueue() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(0, 2, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    pool.execute(this::work);
    HealthResult half = run(SaturationCheck.pool(pool));
    pool.execute(this::work);
    HealthResult full = run(SaturationCheck.pool(pool));
    pool.shutdownNow();

    assertThat(half.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(full.message()).isEqualTo("the pool is 100.0 % full, over 90.0 %");
  }

  @Test
  void wantsALimitForAQueueWithoutBound() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SaturationCheck.pool(pool))
        .withMessageContaining("pool(pool, queueLimit)");
    assertThat(run(SaturationCheck.pool(pool, 5)).data()).containsEntry("limit", 5L);
    pool.shutdown();
  }

  @ParameterizedTest
  @CsvSource({"50, HEALTHY", "51, DEGRADED", "60, DEGRADED", "61, UNHEALTHY", "900, UNHEALTHY"})
  void judgesByItsThresholds(int used, HealthStatus expected) {
    SaturationCheck check = SaturationCheck.of("the mailbox", () -> used, 100).thresholds(50, 60);

    assertThat(run(check).status()).isEqualTo(expected);
  }

  @Test
  void watchesAQueue() {
    ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(2);
    queue.add("one");

    assertThat(run(SaturationCheck.queue(queue)).data()).containsEntry("percent", 50.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SaturationCheck.queue(new LinkedBlockingQueue<>()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SaturationCheck.queue(new SynchronousQueue<>()));
  }

  private void work() {
    try {
      gate.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static HealthResult run(SaturationCheck check) {
    return check.check(FakeContext.tenSeconds());
  }
}
