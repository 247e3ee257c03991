package dev.vigil.logging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines that wait to be shipped: at most 10,000 and 32 MB, beyond which the oldest go. Thread-safe.
 */
final class ShipBuffer {

  private static final int MOST_LINES = 10_000;
  private static final long MOST_BYTES = 32L * 1024 * 1024;

  /** Datadog's bounds are 1,000 entries and 5 MB. */
  private static final int BATCH_LINES = 1_000;

  private static final long BATCH_BYTES = 4_500_000;
  private static final long BATCH_NANOS = Duration.ofSeconds(2).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> lines = new ArrayDeque<>();
  private long bytes;
  private long dropped;
  private boolean closed;
  private int closingPauses = 3; // of a second: fewer than the shipper's close() waits for

  void add(byte[] line) {
    lock.lock();
    try {
      lines.add(line);
      bytes += line.length;
      while (lines.size() > MOST_LINES || bytes > MOST_BYTES) {
        bytes -= lines.remove().length;
        dropped++;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a full batch, or two seconds from its first line on; empty when closed. */
  List<byte[]> take() throws InterruptedException {
    lock.lock();
    try {
      while (lines.isEmpty() && !closed) {
        changed.await();
      }
      long left = BATCH_NANOS;
      while (!closed && left > 0 && lines.size() < BATCH_LINES && bytes < BATCH_BYTES) {
        left = changed.awaitNanos(left);
      }
      List<byte[]> batch = new ArrayList<>();
      long size = 2;
      while (batch.size() < BATCH_LINES && !lines.isEmpty()) {
        size += lines.element().length;
        if (size > BATCH_BYTES && !batch.isEmpty()) {
          break;
        }
        byte[] line = lines.remove();
        bytes -= line.length;
        batch.add(line);
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Waits between two attempts; false where that is not worth it, since this is closed. */
  boolean pause(Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = Math.min(wait.toNanos(), TimeUnit.MINUTES.toNanos(5));
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!closed) {
        return true;
      }
      left = TimeUnit.SECONDS.toNanos(1);
      while (closingPauses > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closingPauses-- > 0;
    } finally {
      lock.unlock();
    }
  }

  void dropped(int more) {
    lock.lock();
    try {
      dropped += more;
    } finally {
      lock.unlock();
    }
  }

  long takeDropped() {
    lock.lock();
    try {
      long taken = dropped;
      dropped = 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      lines.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
