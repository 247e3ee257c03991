package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way from the application's threads to the writer's, bounded in number and in
 * bytes. What matters less goes first: see {@link #enter}.
 *
 * <p>A place is taken before a line is made, so that what is dropped costs nothing. Thread-safe.
 */
final class LineQueue {

  /** What a line is worth. */
  enum Worth {
    /** DEBUG and INFO: dropped when a fifth of the places is left. */
    ORDINARY,
    /** WARN and above: waits a moment, then takes a place of the reserve. */
    IMPORTANT,
    /** AUDIT: waits as long as it takes. */
    INDISPENSABLE
  }

  /** Where a line stands. */
  enum Place {
    /** One of the places for all. */
    COMMON,
    /** One of those for what is important. */
    RESERVED
  }

  /** A line in its place. */
  record Entry(Place place, Line line) {}

  /** No line: makes the one that waits look up. */
  private static final Entry WAKE =
      new Entry(Place.COMMON, new Line(Level.OFF, new byte[0], new byte[0], new byte[0]));

  /** Of 9,216 lines, each may have 256 KB in up to three forms; a heap has not that much. */
  static final long MOST_BYTES = 64L * 1024 * 1024;

  private static final long LONGEST_WAIT_MILLIS = 50;

  private final Semaphore common;
  private final Semaphore reserve;
  private final int keptFree;
  private final AtomicLong bytes = new AtomicLong();
  private final LinkedBlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
  private volatile boolean stalled;

  LineQueue(int places, int reserved) {
    common = new Semaphore(places);
    reserve = new Semaphore(reserved);
    keptFree = places / 5;
  }

  /**
   * A place for a line, or null where there is none and it is to be dropped.
   *
   * <p>An important line waits up to 50 ms for a place. The next ones do not wait again until the
   * writer has written something: when it hangs, it costs the application 50 ms once and not per
   * line.
   *
   * @param mayWait false on the thread that makes room
   */
  @Nullable Place enter(Worth worth, boolean mayWait) {
    if (worth != Worth.INDISPENSABLE && bytes.get() > MOST_BYTES) {
      return null;
    }
    if (worth == Worth.ORDINARY) {
      boolean free = common.availablePermits() > keptFree && common.tryAcquire();
      return free ? Place.COMMON : null;
    }
    if (common.tryAcquire() || (mayWait && !stalled && awaitPlace())) {
      return Place.COMMON;
    }
    if (reserve.tryAcquire()) {
      return Place.RESERVED;
    }
    if (worth == Worth.INDISPENSABLE && mayWait) {
      common.acquireUninterruptibly();
      return Place.COMMON;
    }
    return null;
  }

  private boolean awaitPlace() {
    try {
      if (common.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
      stalled = true;
    } catch (InterruptedException kept) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Puts a line in its place. */
  void put(Place place, Line line) {
    bytes.addAndGet(line.size());
    entries.add(new Entry(place, line));
  }

  /** Gives back a place for which there is no line. */
  void leave(Place place) {
    (place == Place.COMMON ? common : reserve).release();
  }

  /** The next line, which keeps its place until {@link #written}; null when none comes in time. */
  @SuppressWarnings("ReferenceEquality")
  @Nullable Entry next(long waitMillis) throws InterruptedException {
    Entry next = entries.poll(waitMillis, TimeUnit.MILLISECONDS);
    while (next == WAKE) {
      next = entries.poll();
    }
    return next;
  }

  /** Ends the wait of {@link #next}. */
  void wake() {
    entries.add(WAKE);
  }

  /** Frees the place of a line that is written. */
  void written(Entry entry) {
    stalled = false;
    bytes.addAndGet(-entry.line().size());
    leave(entry.place());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether ordinary lines have places again. */
  boolean hasRoom() {
    return common.availablePermits() > keptFree && bytes.get() <= MOST_BYTES;
  }
}
