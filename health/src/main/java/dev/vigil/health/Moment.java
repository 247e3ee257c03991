package dev.vigil.health;

import dev.vigil.core.Ticker;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * What the time is for one thread that goes from check to check: the end of one run is the begin of
 * the next, and the wall clock is read once a millisecond, which is as exact as it is shown.
 * Reading clocks is half of what a trivial check costs. Not thread-safe.
 */
final class Moment {

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final Ticker ticker;
  private final InstantSource wallClock;
  private long tick;
  private long millis;
  private long millisTick;

  Moment(Ticker ticker, InstantSource wallClock) {
    this.ticker = ticker;
    this.wallClock = wallClock;
    this.tick = ticker.read();
    this.millis = wallClock.millis();
    this.millisTick = tick;
  }

  /** Looks at the clock; returns the tick. */
  long now() {
    tick = ticker.read();
    if (tick - millisTick >= MILLISECOND) {
      millis = wallClock.millis();
      millisTick = tick;
    }
    return tick;
  }

  /** When the clock was last looked at. */
  long tick() {
    return tick;
  }

  /** The same by the wall clock, in milliseconds since 1970. */
  long millis() {
    return millis;
  }
}
