package dev.vigil.metrics.windows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the meters of a round one after the other, and can be left behind with the one it hangs in:
 * whoever waits moves {@code position} to {@link #LEFT} in one step, so that exactly one of both
 * knows who goes on with the next.
 */
final class ReadingThread implements Runnable {

  private static final int IDLE = -1;
  private static final int LEFT = -2;

  private static final VarHandle POSITION;

  static {
    try {
      POSITION = MethodHandles.lookup().findVarHandle(ReadingThread.class, "position", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final Thread thread;

  /** The meter being read: its index in the round, or one of the constants. */
  private volatile int position = IDLE;

  private volatile boolean closed;
  private ForeignMeter[] round = {};
  private @Nullable Thread waiter;

  @SuppressWarnings("ThisEscapedInObjectConstruction") // not started before it is made
  ReadingThread(ThreadFactory threads) {
    this.thread = threads.newThread(this);
  }

  ReadingThread start() {
    thread.start();
    return this;
  }

  /** Reads a round, from one meter on, and wakes {@code waiter} when done. Only while idle. */
  void begin(ForeignMeter[] meters, int from, Thread whoWaits) {
    round = meters;
    waiter = whoWaits;
    position = from;
    LockSupport.unpark(thread);
  }

  boolean idle() {
    return position == IDLE;
  }

  /** How many meters of the round have been read. */
  int done() {
    int at = position;
    return at < 0 ? round.length : at;
  }

  /** Leaves the thread with the meter at this index; false if it has gone on meanwhile. */
  boolean leave(int index) {
    return POSITION.compareAndSet(this, index, LEFT);
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    while (!closed) {
      int at = position;
      if (at >= 0) {
        if (!readFrom(at)) {
          return;
        }
        position = IDLE;
        LockSupport.unpark(waiter);
      } else {
        LockSupport.park(this);
        Thread.interrupted(); // left behind by a meter's function; it would keep this from waiting
      }
    }
  }

  /** Returns whether this thread is to go on; not when it has been left behind. */
  private boolean readFrom(int first) {
    ForeignMeter[] meters = round;
    for (int at = first; at < meters.length; at++) {
      ForeignMeter meter = meters[at];
      if (!meter.apart()) {
        meter.read();
      }
      if (!POSITION.compareAndSet(this, at, at + 1)) {
        meter.returned(Long.MAX_VALUE);
        return false;
      }
    }
    return true;
  }
}
