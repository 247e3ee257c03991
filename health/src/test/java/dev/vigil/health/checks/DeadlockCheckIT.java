package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlockCheckIT {

  private final DeadlockCheck check = DeadlockCheck.create();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void dissolve() throws Exception {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(run().status()).as("and the deadlock is gone").isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void isHealthyWhileThreadsGoOn() {
    assertThat(run()).isSameAs(HealthResult.healthy());
  }

  @Test
  void namesTheThreadsAndTheLocks() {
    circle(2, "worker-");

    HealthResult result = untilUnhealthy();

    assertThat(result.message()).isEqualTo("2 threads are deadlocked");
    assertThat(result.data()).containsEntry("deadlockedThreads", 2);
    assertThat(shown(result))
        .hasSize(2)
        .allSatisfy(
            thread -> {
              assertThat(thread).containsOnlyKeys("name", "waitsFor", "heldBy");
              assertThat(thread.get("name")).startsWith("worker-");
              assertThat(thread.get("heldBy"))
                  .startsWith("worker-")
                  .isNotEqualTo(thread.get("name"));
              assertThat(thread.get("waitsFor")).contains("ReentrantLock");
            });
  }

  @Test
  void boundsWhatItShows() {
    circle(12, "n".repeat(300));

    HealthResult result = untilUnhealthy();

    assertThat(result.data()).containsEntry("deadlockedThreads", 12);
    assertThat(shown(result))
        .hasSize(10)
        .allSatisfy(thread -> assertThat(thread.get("name")).hasSize(100).endsWith("…"));
  }

  @Test
  void isWhatARestartCures() {
    assertThat(check.remote()).isFalse();
  }

  /** Each thread holds its lock and waits, interruptibly, for the next one's. */
  private void circle(int size, String name) {
    List<ReentrantLock> locks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      locks.add(new ReentrantLock());
    }
    CyclicBarrier allHoldTheirs = new CyclicBarrier(size);
    for (int i = 0; i < size; i++) {
      ReentrantLock own = locks.get(i);
      ReentrantLock next = locks.get((i + 1) % size);
      Thread thread =
          new Thread(
              () -> {
                own.lock();
                try {
                  allHoldTheirs.await();
                  next.lockInterruptibly();
                } catch (Exception interrupted) {
                  // The test is over.
                } finally {
                  own.unlock();
                }
              },
              name + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private HealthResult untilUnhealthy() {
    return await().until(this::run, result -> result.status() == HealthStatus.UNHEALTHY);
  }

  private HealthResult run() {
    return check.check(FakeContext.tenSeconds());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, String>> shown(HealthResult result) {
    return (List<Map<String, String>>) result.data().get("threads");
  }
}
