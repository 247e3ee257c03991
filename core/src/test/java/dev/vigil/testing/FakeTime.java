package dev.vigil.testing;

import dev.vigil.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that stands still until a test moves it: both a {@link Ticker} and an {@link InstantSource}.
 *
 * <p>A thread that waits by it ({@link #park}) goes on when {@link #advance} has carried time past
 * its end, or when it is unparked; real time plays no part. Starts at 2026-01-01T00:00:00Z.
 * Thread-safe.
 */
public final class FakeTime implements Ticker, InstantSource {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final ConcurrentHashMap<Thread, Long> parked = new ConcurrentHashMap<>();
  private volatile long nanos;
  private volatile Duration wallShift = Duration.ZERO;

  @Override
  public long read() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos).plus(wallShift);
  }

  /** Moves both clocks on and wakes whoever waited for that. */
  public void advance(Duration by) {
    Objects.requireNonNull(by, "by");
    if (by.isNegative()) {
      throw new IllegalArgumentException(
          "time goes forward; to move the wall clock alone use jumpWallClock");
    }
    List<Thread> due = new ArrayList<>();
    synchronized (this) {
      nanos += by.toNanos();
      parked.forEach(
          (thread, end) -> {
            if (end - nanos <= 0) {
              due.add(thread);
            }
          });
      due.forEach(parked::remove); // so that waiting() is right at once
    }
    due.forEach(LockSupport::unpark);
  }

  /**
   * Moves the wall clock alone, back too, as an operator or NTP does; measured time does not
   * notice.
   */
  public synchronized void jumpWallClock(Duration by) {
    wallShift = wallShift.plus(by);
  }

  /** How many threads wait by this clock now. */
  public int waiting() {
    return parked.size();
  }

  /**
   * Returns when at least this many threads wait by this clock, so that the next {@link #advance}
   * reaches them.
   *
   * @throws AssertionError if that has not come after ten seconds of real time
   */
  public void awaitWaiting(int threads) {
    long start = System.nanoTime();
    while (waiting() < threads) {
      if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
        throw new AssertionError(
            "expected " + threads + " waiting thread(s) but there were " + waiting());
      }
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void park(long timeout) {
    if (timeout <= 0) {
      return;
    }
    Thread me = Thread.currentThread();
    synchronized (this) {
      parked.put(me, nanos + timeout);
    }
    try {
      LockSupport.park(this);
    } finally {
      parked.remove(me);
    }
  }
}
