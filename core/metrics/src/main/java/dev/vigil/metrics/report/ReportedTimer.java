package dev.vigil.metrics.report;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The application's timer, with the report's interval beside it. */
final class ReportedTimer implements Timer {

  private final Timer original;
  private final Interval interval;
  private final Clock clock;

  ReportedTimer(Timer original, Interval interval, Clock clock) {
    this.original = original;
    this.interval = interval;
    this.clock = clock;
  }

  @Override
  public void record(long amount, TimeUnit unit) {
    original.record(amount, unit);
    interval.record(unit.toNanos(amount));
  }

  private void recordSince(long start) {
    record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
  }

  @Override
  public <T> T record(Supplier<T> work) {
    long start = clock.monotonicTime();
    try {
      return work.get();
    } finally {
      recordSince(start);
    }
  }

  @Override
  public <T> T recordCallable(Callable<T> work) throws Exception {
    long start = clock.monotonicTime();
    try {
      return work.call();
    } finally {
      recordSince(start);
    }
  }

  @Override
  public void record(Runnable work) {
    long start = clock.monotonicTime();
    try {
      work.run();
    } finally {
      recordSince(start);
    }
  }

  @Override
  public long count() {
    return original.count();
  }

  @Override
  public double totalTime(TimeUnit unit) {
    return original.totalTime(unit);
  }

  @Override
  public double max(TimeUnit unit) {
    return original.max(unit);
  }

  @Override
  public TimeUnit baseTimeUnit() {
    return original.baseTimeUnit();
  }

  @Override
  public HistogramSnapshot takeSnapshot() {
    return original.takeSnapshot();
  }

  @Override
  public Id getId() {
    return original.getId();
  }
}
