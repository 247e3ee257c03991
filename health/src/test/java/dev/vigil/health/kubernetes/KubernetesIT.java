package dev.vigil.health.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.checks.DeadlockCheck;
import dev.vigil.health.http.AdminServer;
import dev.vigil.health.http.HealthHttpHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a container whose probes ask us. */
class KubernetesIT {

  /** Kubernetes' 10 s, made short; its time-out and thresholds stay. */
  private static final Duration PERIOD = Duration.ofMillis(250);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicBoolean databaseUp = new AtomicBoolean(true);
  private final CountDownLatch mended = new CountDownLatch(1);
  private final AtomicBoolean hanging = new AtomicBoolean();
  private HealthRegistry health;
  private AdminServer server;

  private Kubelet serve(Duration period) {
    health =
        HealthRegistry.builder()
            .check(
                "database",
                context -> {
                  if (hanging.get()) {
                    mended.await();
                  }
                  return databaseUp.get()
                      ? HealthResult.healthy()
                      : HealthResult.unhealthy("connection refused");
                },
                c -> c.group(HealthGroup.READINESS).cacheFor(Duration.ofMillis(100)))
            .check("deadlock", DeadlockCheck.create(), c -> c.group(HealthGroup.LIVENESS))
            .build();
    health.started();
    server = AdminServer.start(0, Map.of("/health", HealthHttpHandler.of(health)));
    return new Kubelet(server.port(), period);
  }

  @AfterEach
  void stop() {
    mended.countDown();
    server.close();
    health.close();
  }

  @Test
  void aDependencyThatIsDownTakesItOutAndNeverRestartsIt() {
    dependencyDownFor(Duration.ofSeconds(3), PERIOD);
  }

  @Test
  @Tag("long")
  void aDependencyThatIsDownForAMinuteTakesItOutAndNeverRestartsIt() {
    dependencyDownFor(Duration.ofSeconds(60), Duration.ofSeconds(10));
  }

  private void dependencyDownFor(Duration outage, Duration period) {
    Duration patience = PATIENCE.plus(period.multipliedBy(4));
    try (Kubelet kubelet = serve(period)) {
      await().atMost(patience).until(kubelet::ready);

      databaseUp.set(false);
      await().atMost(patience).until(() -> !kubelet.ready());
      await().during(outage).atMost(outage.plus(patience)).until(() -> !kubelet.ready());
      assertThat(kubelet.restarts()).isZero();

      databaseUp.set(true);
      await().atMost(patience).until(kubelet::ready);
      assertThat(kubelet.restarts()).isZero();
      assertThat(kubelet.unansweredProbes()).isZero();
    }
  }

  @Test
  void aHungCheckIsAnsweredInTimeAndTakesItOut() {
    try (Kubelet kubelet = serve(PERIOD)) {
      await().atMost(PATIENCE).until(kubelet::ready);
      hanging.set(true);

      // Its last result stands for 30 s; nothing is late in the meantime.
      await().during(Duration.ofSeconds(4)).atMost(PATIENCE).until(() -> kubelet.restarts() == 0);

      System.out.println("slowest probe with a hung check: " + kubelet.slowestMillis() + " ms");
      assertThat(kubelet.unansweredProbes()).isZero();
      assertThat(kubelet.restarts()).isZero();
    }
  }

  @Test
  void drainingTakesItOutWhileItStaysAlive() {
    try (Kubelet kubelet = serve(PERIOD)) {
      await().atMost(PATIENCE).until(kubelet::ready);

      health.drain("shutting down");

      await().atMost(PATIENCE).until(() -> !kubelet.ready());
      await().during(PERIOD.multipliedBy(8)).atMost(PATIENCE).until(() -> kubelet.restarts() == 0);
    }
  }

  @Test
  void aDeadlockRestartsIt() throws Exception {
    try (Kubelet kubelet = serve(PERIOD)) {
      await().atMost(PATIENCE).until(kubelet::ready);
      assertThat(kubelet.restarts()).isZero();
      ReentrantLock one = new ReentrantLock();
      ReentrantLock other = new ReentrantLock();
      CountDownLatch bothHold = new CountDownLatch(2);
      Thread first = locking(one, other, bothHold);
      Thread second = locking(other, one, bothHold);
      try {
        await().atMost(PATIENCE).until(() -> kubelet.restarts() > 0);
      } finally {
        first.interrupt();
        second.interrupt();
        first.join(10_000);
        second.join(10_000);
      }
    }
  }

  /** Interleaving: each holds its first lock before either asks for its second. */
  private static Thread locking(ReentrantLock mine, ReentrantLock yours, CountDownLatch bothHold) {
    Thread thread =
        new Thread(
            () -> {
              mine.lock();
              try {
                bothHold.countDown();
                bothHold.await();
                yours.lockInterruptibly();
                yours.unlock();
              } catch (InterruptedException ended) {
                // the test has seen enough
              } finally {
                mine.unlock();
              }
            },
            "deadlocked");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
