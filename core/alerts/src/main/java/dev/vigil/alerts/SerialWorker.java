package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Work that the evaluator must not wait for, one piece at a time on a thread of its own, which
 * starts with the first piece. At most so many pieces wait; then the oldest is dropped.
 * Thread-safe.
 */
final class SerialWorker implements AutoCloseable {

  private final String doing;
  private final int capacity;
  private final Duration closing;
  private final ErrorReporter errors;
  private final VigilThreads threads;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private @Nullable Thread thread;
  private long dropped;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param purpose part of the thread's name
   * @param doing what it does, for reports of failures
   * @param closing how long {@link #close} waits for what is queued
   */
  SerialWorker(String purpose, String doing, int capacity, Duration closing, ErrorReporter errors) {
    this.doing = doing;
    this.capacity = capacity;
    this.closing = closing;
    this.errors = errors;
    threads = VigilThreads.named(purpose);
  }

  /** Queues; does nothing after {@link #close}. Never blocks. */
  void submit(Runnable work) {
    boolean drops = false;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting.size() == capacity) {
        waiting.removeFirst();
        drops = dropped++ == 0;
      }
      waiting.addLast(work);
      if (thread == null) {
        thread = threads.newThread(this::run);
        thread.start();
      }
      notifyAll();
    }
    if (drops) {
      errors.report(
          doing,
          new IllegalStateException(
              "more than " + capacity + " calls wait, so the oldest are dropped from now on"));
    }
  }

  private void run() {
    while (true) {
      Runnable work;
      try {
        work = take();
      } catch (InterruptedException closing) {
        return;
      }
      if (work == null) {
        return;
      }
      try {
        work.run();
      } catch (Throwable failure) { // top of a thread of ours
        errors.report(doing, failure);
      }
    }
  }

  private synchronized @Nullable Runnable take() throws InterruptedException {
    while (waiting.isEmpty()) {
      if (closed) {
        return null;
      }
      wait();
    }
    return waiting.removeFirst();
  }

  /** How many pieces of work were dropped. */
  synchronized long dropped() {
    return dropped;
  }

  /** Lets what is queued be done, for so long; interrupts it then. Idempotent. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      notifyAll();
      last = thread;
    }
    if (last == null || last == Thread.currentThread()) {
      return;
    }
    try {
      last.join(closing.toMillis());
      if (last.isAlive()) {
        synchronized (this) {
          waiting.clear();
        }
        last.interrupt();
        last.join(closing.toMillis());
      }
    } catch (InterruptedException inAHurry) {
      last.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
