package dev.vigil.logging;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The thread that takes lines from the queue and writes them.
 *
 * <p>{@link #close} writes all that is queued. Lines that come later are written by the thread that
 * logs them, so that none is lost while an application stops.
 */
final class LineWriter {

  private static final long IDLE_MILLIS = 500;
  private static final long CHORES_NANOS = Duration.ofSeconds(1).toNanos();

  private final LineQueue queue;
  private final List<LineSink> sinks;
  private final Runnable chores;
  private final Consumer<Throwable> failures;
  private final Ticker ticker;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean ended;
  private long lastChores;

  /**
   * A writer that does not run yet.
   *
   * @param chores run about every second, on the writer's thread
   * @param failures told what a sink throws
   */
  LineWriter(
      LineQueue queue,
      List<LineSink> sinks,
      Runnable chores,
      Consumer<Throwable> failures,
      Ticker ticker) {
    this.queue = queue;
    this.sinks = sinks;
    this.chores = chores;
    this.failures = failures;
    this.ticker = ticker;
    lastChores = ticker.read();
    thread = VigilThreads.named("log").newThread(this::run);
  }

  void start() {
    thread.start();
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        LineQueue.Entry entry = queue.next(IDLE_MILLIS);
        if (entry != null) {
          write(entry);
        }
        if (ticker.read() - lastChores >= CHORES_NANOS) {
          lastChores = ticker.read();
          chores.run();
        }
      } catch (InterruptedException notOurs) {
        // Ends by closing only; whoever interrupts a writer would lose lines.
      } catch (Throwable broken) {
        failures.accept(broken); // the log goes on
      }
    }
    ended = true;
    drain(); // what came between the last look and the line before
  }

  private void write(LineQueue.Entry entry) {
    try {
      write(entry.line());
    } finally {
      queue.written(entry);
    }
  }

  /** Writes to every sink, on the writer's thread or after its end. */
  synchronized void write(Line line) {
    for (LineSink sink : sinks) {
      try {
        sink.write(line);
      } catch (RuntimeException broken) {
        failures.accept(broken);
      }
    }
  }

  /** Writes what is queued where there is no thread any more that would. */
  void afterPut() {
    if (ended) {
      drain();
    }
  }

  private void drain() {
    try {
      for (LineQueue.Entry entry = queue.next(0); entry != null; entry = queue.next(0)) {
        write(entry);
      }
    } catch (InterruptedException kept) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Writes what is queued and ends the thread.
   *
   * @return whether all was written in time
   */
  boolean close(Duration most) {
    closing = true;
    queue.wake();
    try {
      thread.join(most.toMillis());
    } catch (InterruptedException kept) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
