package dev.vigil.alerts;

import dev.vigil.core.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both clocks of an engine: those it was built with, or, from the first {@link #set} on, the
 * moments that it is handed.
 */
final class EngineClock implements Ticker, InstantSource {

  private final Ticker ticker;
  private final InstantSource clock;

  /** Null as long as the clocks are the system's. */
  private volatile @Nullable Instant instant;

  private volatile long nanos;

  EngineClock(Ticker ticker, InstantSource clock) {
    this.ticker = ticker;
    this.clock = clock;
  }

  /**
   * Stands still at a moment. For one thread at a time.
   *
   * @throws IllegalArgumentException if it lies before the one before
   */
  void set(Instant at) {
    Instant before = instant;
    if (before == null) {
      nanos = ticker.read();
    } else if (at.isBefore(before)) {
      throw new IllegalArgumentException(
          "evaluations go forward in time, but " + at + " is before " + before);
    } else {
      // By hand, since a Duration is an allocation.
      long passed =
          TimeUnit.SECONDS.toNanos(at.getEpochSecond() - before.getEpochSecond())
              + (at.getNano() - before.getNano());
      long last = nanos;
      nanos = last + passed;
    }
    instant = at;
  }

  @Override
  public long read() {
    return instant == null ? ticker.read() : nanos;
  }

  @Override
  public void park(long nanos) {
    ticker.park(nanos);
  }

  @Override
  public Instant instant() {
    Instant now = instant;
    return now == null ? clock.instant() : now;
  }

  @Override
  public long millis() {
    Instant now = instant;
    return now == null ? clock.millis() : now.toEpochMilli();
  }
}
