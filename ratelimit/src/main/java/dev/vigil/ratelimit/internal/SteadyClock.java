package dev.vigil.ratelimit.internal;

import dev.vigil.core.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day, carried on by a monotonic clock: set once, or now and then, and otherwise deaf
 * to operators and NTP who move the wall clock, so that windows neither freeze nor jump.
 *
 * <p>Thread-safe.
 */
public final class SteadyClock implements InstantSource {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Ticker ticker;
  private volatile long offsetNanos;

  /** A clock that starts at the wall clock's time. */
  public SteadyClock(Ticker ticker, InstantSource wall) {
    this.ticker = ticker;
    set(wall.millis() * NANOS_PER_MILLI, ticker.read());
  }

  /** Sets the clock: it was {@code epochNanos} when the ticker read {@code tick}. */
  public void set(long epochNanos, long tick) {
    offsetNanos = epochNanos - tick;
  }

  /** Nanoseconds since the epoch at a reading of the ticker. */
  public long nanosAt(long tick) {
    return tick + offsetNanos;
  }

  @Override
  public long millis() {
    return (ticker.read() + offsetNanos) / NANOS_PER_MILLI;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
