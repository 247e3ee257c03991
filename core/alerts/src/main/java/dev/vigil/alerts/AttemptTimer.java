package dev.vigil.alerts;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the attempts that take too long: one thread for all channels, there while there are
 * attempts. Thread-safe.
 */
final class AttemptTimer implements AutoCloseable {

  private static final long IDLE = Duration.ofMinutes(1).toNanos();

  private final long limit;
  private final Duration duration;
  private final Ticker ticker;
  private final VigilThreads threads = VigilThreads.named("alert-timer");

  // Guarded by this.
  private final Map<Thread, Long> ends = new HashMap<>();
  private @Nullable Thread watcher;
  private boolean closed;

  AttemptTimer(Duration limit, Ticker ticker) {
    this.limit = limit.toNanos();
    this.duration = limit;
    this.ticker = ticker;
  }

  /**
   * Calls on this thread, which is interrupted when the time is over.
   *
   * @throws TimeoutException if it was interrupted for that and has failed
   */
  <T> T call(Callable<T> attempt) throws Exception {
    begin();
    Exception thrown;
    try {
      T result = attempt.call();
      end();
      return result;
    } catch (Exception failure) {
      thrown = failure;
    } catch (Throwable serious) {
      end();
      throw serious;
    }
    if (end()) {
      TimeoutException late = new TimeoutException("no end of the attempt within " + duration);
      late.initCause(thrown);
      throw late;
    }
    throw thrown;
  }

  Duration limit() {
    return duration;
  }

  private synchronized void begin() {
    ends.put(Thread.currentThread(), ticker.read() + limit);
    if (watcher == null && !closed) {
      watcher = threads.newThread(this::watch);
      watcher.start();
    }
  }

  /** Whether it was interrupted; the thread's flag is clear then. */
  private synchronized boolean end() {
    if (ends.remove(Thread.currentThread()) != null) {
      return false;
    }
    Thread.interrupted(); // ours, seen or not: under the lock, so that none comes after this
    return true;
  }

  private void watch() {
    long idleSince = ticker.read();
    while (true) {
      long wait;
      synchronized (this) {
        long now = ticker.read();
        if (!ends.isEmpty()) {
          idleSince = now;
        }
        if (closed || now - idleSince >= IDLE) {
          watcher = null;
          return;
        }
        wait = interruptLate(now);
      }
      ticker.park(wait);
    }
  }

  private long interruptLate(long now) {
    // One that begins later ends later than this, so nobody has to wake the watcher.
    long wait = Math.min(limit, IDLE);
    for (Map.Entry<Thread, Long> each : Map.copyOf(ends).entrySet()) {
      long left = each.getValue() - now;
      if (left <= 0) {
        ends.remove(each.getKey());
        each.getKey().interrupt();
      } else {
        wait = Math.min(wait, left);
      }
    }
    return wait;
  }

  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      last = watcher;
    }
    if (last != null) {
      LockSupport.unpark(last);
    }
  }
}
