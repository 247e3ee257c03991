package dev.vigil.metrics.windows;

import dev.vigil.testing.FakeTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Windows over a registry, and the clock in the test's hand. */
final class Rig implements AutoCloseable {

  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration FIVE = Duration.ofMinutes(5);

  final FakeTime time = new FakeTime();
  final MeterRegistry registry;
  final MeterWindows windows;

  /** With a snapshot a minute. */
  Rig(MeterRegistry registry) {
    this(registry, it -> it.interval(MINUTE));
  }

  Rig(MeterRegistry registry, UnaryOperator<MeterWindows.Builder> settings) {
    this.registry = registry;
    this.windows = settings.apply(MeterWindows.on(registry).ticker(time)).build();
  }

  /** Goes on by one interval and takes a snapshot. */
  void tick() {
    tick(windows.interval());
  }

  long tick(Duration by) {
    time.advance(by);
    return windows.snapshot();
  }

  void ticks(int count) {
    for (int i = 0; i < count; i++) {
      tick();
    }
  }

  /** The one series of this name, selecting it anew. */
  Series only(String name, TagMatcher... matchers) {
    List<Series> series = windows.select(name, List.of(matchers)).series();
    if (series.size() != 1) {
      throw new AssertionError("expected one series but was " + series);
    }
    return series.get(0);
  }

  @Override
  public void close() {
    windows.close();
  }
}
