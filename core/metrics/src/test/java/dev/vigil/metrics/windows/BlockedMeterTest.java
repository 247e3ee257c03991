package dev.vigil.metrics.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fake time goes on only where a test says so: by itself it stands, and nothing is ever late. */
@ExtendWith(LeakedThreads.class)
class BlockedMeterTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Rig rig =
      new Rig(
          new SimpleMeterRegistry(), it -> it.interval(HOUR).longestWindow(HOUR.multipliedBy(9)));
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean hangs = new AtomicBoolean();
  private final AtomicInteger inside = new AtomicInteger();

  @AfterEach
  void close() {
    release.countDown();
    rig.close();
  }

  private double hang(double value) {
    if (hangs.get()) {
      inside.incrementAndGet();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      inside.decrementAndGet();
    }
    return value;
  }

  private Gauge hanging(String name) {
    return Gauge.builder(name, () -> hang(7)).tag("token", "tok-1").register(rig.registry);
  }

  /** Takes a snapshot an hour later while time goes on, a millisecond each. */
  private void tickWhileTimeGoesOn() {
    AtomicBoolean over = new AtomicBoolean();
    Thread clock =
        new Thread(
            () -> {
              while (!over.get()) {
                rig.time.advance(Duration.ofMillis(1));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
              }
            });
    rig.time.advance(HOUR);
    clock.start();
    try {
      rig.windows.snapshot();
    } finally {
      over.set(true);
    }
  }

  private static long readingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith("vigil-meters-"))
        .count();
  }

  @Test
  void goesOnWithoutAMeterThatHangs() {
    AtomicInteger other = new AtomicInteger(1);
    hanging("pool");
    Gauge.builder("queue", other, AtomicInteger::get).register(rig.registry);
    Series pool = rig.only("pool");
    Series queue = rig.only("queue");
    rig.windows.snapshot();
    assertThat(pool.latest().value()).isEqualTo(7);

    hangs.set(true);
    tickWhileTimeGoesOn();
    assertThat(pool.latest().value()).as("bridged").isEqualTo(7);
    assertThat(pool.blocked()).isFalse();

    for (int i = 2; i < 6; i++) {
      other.set(i);
      rig.tick();
      assertThat(queue.latest().value()).isEqualTo(i);
      assertThat(pool.latest().value()).isNaN();
      assertThat(pool.blocked()).isTrue();
      assertThat(inside).hasValue(1);
    }
    assertThat(queue.blocked()).isFalse();
    assertThat(readingThreads()).isEqualTo(2);
    assertThat(rig.windows.audit())
        .singleElement()
        .asString()
        .isEqualTo(
            "ERROR meter pool{token=\"***\"}: its function has not returned for PT1H; rules on it"
                + " are in error until it does; let it read a field that something else updates");
  }

  @Test
  void takesAMeterBackThatReturns() {
    hanging("pool");
    Series pool = rig.only("pool");
    hangs.set(true);
    tickWhileTimeGoesOn();
    assertThat(pool.latest().value()).as("never read yet").isNaN();
    rig.tick();
    assertThat(pool.blocked()).isTrue();

    hangs.set(false);
    release.countDown();
    Awaitility.await().until(() -> inside.get() == 0);
    awaitThreads(1);
    rig.tick();

    assertThat(pool.blocked()).isFalse();
    assertThat(pool.latest().value()).isEqualTo(7);
    assertThat(rig.windows.audit()).isEmpty();

    rig.tick(); // what it was asked for alone
    awaitThreads(1);
    rig.tick();
    assertThat(pool.latest().value()).isEqualTo(7);
    assertThat(pool.blocked()).isFalse();
  }

  @Test
  void doesNotWaitAgainForAMeterThatIsAlwaysSlow() {
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean slow = new AtomicBoolean(true);
    Gauge.builder(
            "slow",
            () -> {
              if (slow.get()) {
                // Slow by the clock; what waits for it sees it go by while nothing moves.
                for (int i = 0; i < 150; i++) {
                  rig.time.advance(Duration.ofMillis(1));
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
              }
              return asked.incrementAndGet();
            })
        .register(rig.registry);
    Series series = rig.only("slow");

    rig.windows.snapshot();
    Awaitility.await().until(() -> asked.get() == 1);
    awaitThreads(1);
    for (int i = 1; i < 4; i++) {
      int known = i;
      rig.tick();
      assertThat(series.latest().value()).as("found since the last snapshot").isEqualTo(known);
      assertThat(series.blocked()).isFalse();
      Awaitility.await().until(() -> asked.get() == known + 1);
      awaitThreads(1);
    }

    slow.set(false);
    rig.tick();
    awaitThreads(1);
    rig.tick();
    rig.tick();
    assertThat(series.latest().value()).as("read on time again").isEqualTo(asked.get());
  }

  @Test
  void spendsOneThreadOnEachMeterThatHangs() {
    for (int i = 0; i < 20; i++) {
      hanging("pool" + i);
      rig.windows.select("pool" + i);
    }
    Gauge.builder("zz.queue", () -> 3).register(rig.registry);
    Series queue = rig.only("zz.queue");
    hangs.set(true);

    for (int i = 0; i < 4; i++) {
      tickWhileTimeGoesOn();
    }

    assertThat(inside).hasValue(20);
    assertThat(readingThreads()).isEqualTo(21);
    assertThat(queue.latest().value()).isEqualTo(3);
    assertThat(rig.windows.audit()).hasSize(20);
  }

  @Test
  void forgetsAMeterThatIsRemovedWhileItHangs() {
    Gauge gauge = hanging("pool");
    Selection selection = rig.windows.select("pool");
    hangs.set(true);
    tickWhileTimeGoesOn();
    rig.tick();
    assertThat(rig.windows.audit()).hasSize(1);

    rig.registry.remove(gauge);
    hangs.set(false);
    Gauge.builder("pool", () -> 9).tag("token", "tok-1").register(rig.registry);
    rig.tick();

    assertThat(selection.series().get(0).blocked()).isFalse();
    assertThat(selection.series().get(0).latest().value()).isEqualTo(9);
    assertThat(rig.windows.audit()).isEmpty();
  }

  private static void awaitThreads(int count) {
    Awaitility.await().until(() -> readingThreads() == count);
  }
}
