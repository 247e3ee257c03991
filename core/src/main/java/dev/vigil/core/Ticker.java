package dev.vigil.core;

import java.util.concurrent.locks.LockSupport;

/**
 * Time that is measured: elapsed nanoseconds from an arbitrary origin, and waiting by the same
 * clock.
 *
 * <p>Readings are compared by subtraction only ({@code a - b < 0}), since they may be negative and
 * may wrap. For time that is shown to people use {@link java.time.InstantSource}. Tests use {@code
 * dev.vigil.testing.FakeTime}, which is both.
 *
 * <p>Implementations are thread-safe.
 */
public interface Ticker {

  /** Nanoseconds from an arbitrary, fixed origin. Never goes back. */
  long read();

  /**
   * Parks the current thread until {@code nanos} have passed by this clock, it is unparked ({@link
   * LockSupport#unpark}), it is interrupted, or for no reason at all: callers loop.
   *
   * @param nanos how long at most; returns at once where it is zero or negative
   */
  void park(long nanos);

  /** The system's monotonic clock, {@link System#nanoTime()}. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
