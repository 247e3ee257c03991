package dev.vigil.alerts;

import dev.vigil.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Both clocks of an engine: those it was built with, or, from the first {@link #set} on, the
 * moments that it is handed.
 */
final class EngineClock implements Ticker, InstantSource {

  private record Moment(Instant instant, long nanos) {}

  private final Ticker ticker;
  private final InstantSource clock;
  private volatile @Nullable Moment moment;

  EngineClock(Ticker ticker, InstantSource clock) {
    this.ticker = ticker;
    this.clock = clock;
  }

  /**
   * Stands still at a moment.
   *
   * @throws IllegalArgumentException if it lies before the one before
   */
  void set(Instant instant) {
    Moment before = moment;
    if (before == null) {
      moment = new Moment(instant, ticker.read());
      return;
    }
    Duration passed = Duration.between(before.instant(), instant);
    if (passed.isNegative()) {
      throw new IllegalArgumentException(
          "evaluations go forward in time, but " + instant + " is before " + before.instant());
    }
    moment = new Moment(instant, before.nanos() + passed.toNanos());
  }

  @Override
  public long read() {
    Moment now = moment;
    return now == null ? ticker.read() : now.nanos();
  }

  @Override
  public void park(long nanos) {
    ticker.park(nanos);
  }

  @Override
  public Instant instant() {
    Moment now = moment;
    return now == null ? clock.instant() : now.instant();
  }

  @Override
  public long millis() {
    Moment now = moment;
    return now == null ? clock.millis() : now.instant().toEpochMilli();
  }
}
