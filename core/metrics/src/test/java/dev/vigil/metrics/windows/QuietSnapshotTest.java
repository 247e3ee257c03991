package dev.vigil.metrics.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vigil.core.Ticker;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class QuietSnapshotTest {

  private static final int TICKS = 200;

  /** Fake time allocates when it goes on. */
  private static final class Hand implements Ticker {

    private volatile long now;

    @Override
    public long read() {
      return now;
    }

    @Override
    public void park(long nanos) {
      throw new UnsupportedOperationException();
    }
  }

  private final Hand hand = new Hand();

  /** Not asked for the maximum of a timer: Micrometer allocates 24 bytes to tell it. */
  @Test
  void allocatesNothing() {
    MeterRegistry registry = new CompositeMeterRegistry();
    try (MeterWindows windows =
        MeterWindows.on(registry).ticker(hand).percentiles(Set.of("timer")).build()) {
      Counter counter = registry.counter("counter");
      Timer timer = registry.timer("timer");
      Gauge.builder("gauge", () -> 3).register(registry);
      Series counted = windows.select("counter").series().get(0);
      Series gauged = windows.select("gauge").series().get(0);
      Series timed = windows.select("timer").series().get(0);
      Reading[] readings = {
        counted.window(WindowFunction.RATE, Rig.FIVE),
        counted.window(WindowFunction.CHANGES, Rig.FIVE),
        gauged.latest(),
        gauged.window(WindowFunction.AVG, Rig.FIVE),
        gauged.window(WindowFunction.STDDEV, Rig.FIVE),
        gauged.window(WindowFunction.P95, Rig.FIVE),
        timed.window(WindowFunction.AVG, Rig.FIVE),
        timed.window(WindowFunction.P95, Rig.FIVE)
      };
      counter.increment();
      timer.record(3, TimeUnit.SECONDS);
      run(windows, readings);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long[] ids = {Thread.currentThread().getId(), readingThread()};

      long[] before = threads.getThreadAllocatedBytes(ids);
      double sum = run(windows, readings);
      long[] after = threads.getThreadAllocatedBytes(ids);

      assertThat(sum).isNotZero();
      long spent = after[0] - before[0] + after[1] - before[1];
      assertThat(spent).as("what measuring takes, and no byte a tick").isLessThan(8L * TICKS);
    }
  }

  private double run(MeterWindows windows, Reading[] readings) {
    double sum = 0;
    for (int i = 0; i < TICKS; i++) {
      hand.now = hand.now + TimeUnit.SECONDS.toNanos(15);
      windows.snapshot();
      for (Reading reading : readings) {
        double value = reading.value();
        sum += Double.isNaN(value) ? 0 : value;
      }
    }
    return sum;
  }

  private static long readingThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith("vigil-meters-"))
        .findFirst()
        .orElseThrow()
        .getId();
  }
}
