package dev.vigil.health;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that waits: for time-outs of runs, for scheduled runs to fall due, for answers
 * that are owed to asynchronous callers, and for the worker queue to stand still. It never executes
 * a check, a listener or anything else that is not ours.
 *
 * <p>It looks at all checks whenever it wakes, which for hundreds of them is microseconds, instead
 * of keeping a task per run in a heap: a run that ends in time, as nearly all do, then costs
 * nothing here. Whoever sets a nearer date announces it by {@link #wakeBy}.
 */
final class DeadlineTimer implements Runnable {

  /** Far enough to be no date at all, near enough to be added to a reading. */
  static final long FAR = TimeUnit.HOURS.toNanos(1);

  private final Ticker ticker;
  private final Workers workers;
  private final ErrorReporter reporter;
  private final VigilThreads factory = VigilThreads.named("health-timer");
  private final Queue<Evaluation> owed = new ConcurrentLinkedQueue<>();
  private volatile Supplier<CheckSlot[]> slots = () -> new CheckSlot[0];
  private volatile LongUnaryOperator drills = now -> now + FAR;
  private volatile @Nullable Thread thread;
  private volatile long nextWake;
  private volatile boolean poked;
  private volatile boolean closed;

  DeadlineTimer(Ticker ticker, Workers workers, ErrorReporter reporter) {
    this.ticker = ticker;
    this.workers = workers;
    this.reporter = reporter;
  }

  void watch(Supplier<CheckSlot[]> slots, LongUnaryOperator drills) {
    this.slots = slots;
    this.drills = drills;
  }

  /** Makes sure that the timer looks at that tick or before, and at the workers' queue soon. */
  void wakeBy(long tick) {
    long soon = ticker.read() + Workers.PATIENCE;
    long latest = tick - soon < 0 ? tick : soon;
    if (thread == null) {
      start();
    }
    if (latest - nextWake < 0) {
      poke();
    }
  }

  /** Answers this evaluation at its deadline if it is not complete by then. */
  void owe(Evaluation evaluation) {
    owed.add(evaluation);
    wakeBy(evaluation.deadline());
  }

  private void poke() {
    poked = true;
    LockSupport.unpark(thread);
  }

  private synchronized void start() {
    if (thread == null && !closed) {
      nextWake = ticker.read();
      Thread made = factory.newThread(this);
      thread = made;
      made.start();
    }
  }

  @Override
  public void run() {
    while (!closed) {
      poked = false;
      nextWake = ticker.read() + FAR; // whoever sets a date while we look must wake us
      long next = look();
      nextWake = next;
      if (!poked && !closed) {
        ticker.park(next - ticker.read());
      }
    }
  }

  /** One round over all that has a date; returns the next one. */
  private long look() {
    long now = ticker.read();
    long next = drills.applyAsLong(now);
    for (CheckSlot slot : slots.get()) {
      try {
        next = earlier(next, slot.tick(now));
      } catch (
          Throwable failure) { // the top of our own thread; one check's trouble is not the others'
        reporter.report("timing check \"" + slot.policy().name() + '"', failure);
      }
    }
    if (!owed.isEmpty()) {
      owed.removeIf(Evaluation::answered);
      for (Evaluation evaluation : owed) {
        if (now - evaluation.deadline() >= 0) {
          evaluation.strike();
        } else {
          next = earlier(next, evaluation.deadline());
        }
      }
    }
    return workers.tick() ? earlier(next, now + Workers.PATIENCE) : next;
  }

  private static long earlier(long a, long b) {
    return a - b <= 0 ? a : b;
  }

  void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running != null) {
      LockSupport.unpark(running);
    }
  }
}
