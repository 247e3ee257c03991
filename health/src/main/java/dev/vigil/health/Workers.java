package dev.vigil.health;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import java.time.InstantSource;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that execute checks: one queue, a few daemons, and more of them only while runs hold
 * those that there are.
 *
 * <p>Not a {@code ThreadPoolExecutor}: that one wakes a thread for every task, which costs more
 * than most checks do (measured at 100 trivial checks: 0.5 µs against 0.1 µs a check), and cannot
 * grow because of how long a task has waited. Here a batch wakes one thread; a thread wakes the
 * next only when the run that it takes is not known to be quick; and a queue whose head has not
 * moved for {@link #PATIENCE} gets as many threads as runs wait in it. Hence threads ≤ runs in
 * progress + {@link #FEW}, and one check has at most one run.
 */
final class Workers {

  /** Threads that are started without waiting for {@link #PATIENCE}. */
  static final int FEW = 4;

  /**
   * How long a run may wait in the queue before more threads are started: far above a hand-over,
   * far below a probe.
   */
  static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long KEEP_ALIVE = TimeUnit.SECONDS.toNanos(30);

  /**
   * Some 15 µs of looking before sleeping: in a burst of evaluations the next batch comes sooner
   * than a wake-up.
   */
  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 1_000 : 0;

  private final Ticker ticker;
  private final InstantSource wallClock;
  private final ErrorReporter reporter;
  private final VigilThreads factory = VigilThreads.named("health");
  private final Queue<Batch> queue = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  /** Threads that have been started or woken and have not looked into the queue since. */
  private final AtomicInteger coming = new AtomicInteger();

  private final AtomicInteger submissions = new AtomicInteger();
  private volatile boolean closed;

  // The timer's own.
  private int submissionsSeen;
  private @Nullable Object headSeen;
  private int claimedSeen;

  Workers(Ticker ticker, InstantSource wallClock, ErrorReporter reporter) {
    this.ticker = ticker;
    this.wallClock = wallClock;
    this.reporter = reporter;
  }

  void submit(Batch runs) {
    queue.add(runs);
    submitted();
  }

  /** Has a short piece of work done by one of the threads. */
  void submit(Runnable work) {
    if (closed) {
      work.run(); // no thread is left to have it done by
      return;
    }
    errands.add(work);
    submitted();
  }

  private void submitted() {
    submissions.incrementAndGet();
    wakeOne();
  }

  /**
   * Called by the timer, {@link #PATIENCE} apart while there is work: starts threads for what has
   * waited since the last call.
   *
   * @return whether it wants to be called again
   */
  boolean tick() {
    Batch first = queue.peek();
    Object head = first == null ? errands.peek() : first;
    int claimed = first == null ? 0 : first.claimed();
    if (head != null && head == headSeen && claimed == claimedSeen) {
      for (int missing = waiting() - coming.get(); missing > 0; missing--) {
        if (!wake()) {
          start();
        }
      }
    }
    headSeen = head;
    claimedSeen = claimed;
    int submitted = submissions.get();
    boolean busy = head != null || submitted != submissionsSeen;
    submissionsSeen = submitted;
    return busy;
  }

  /** How many pieces of work nobody does yet. */
  private int waiting() {
    int waiting = errands.size();
    for (Batch batch : queue) {
      waiting += batch.left();
    }
    return waiting;
  }

  /** The next piece of work that nobody does yet. */
  private @Nullable Runnable claim() {
    Batch head = queue.peek();
    while (head != null) {
      Run run = head.claim();
      if (run != null) {
        return run;
      }
      queue.remove(head); // by whoever sees first that it is used up
      head = queue.peek();
    }
    return errands.poll();
  }

  private void wakeOne() {
    if (!wake() && count.get() < FEW) {
      start();
    }
  }

  private boolean wake() {
    Worker sleeper = idle.pollFirst();
    if (sleeper == null) {
      return false;
    }
    coming.incrementAndGet();
    LockSupport.unpark(sleeper.thread);
    return true;
  }

  private void start() {
    count.incrementAndGet();
    coming.incrementAndGet();
    try {
      Worker worker = new Worker();
      worker.thread = factory.newThread(worker);
      threads.add(worker.thread);
      worker.thread.start();
    } catch (OutOfMemoryError noThread) { // the system's limit: those that exist go on
      count.decrementAndGet();
      coming.decrementAndGet();
      reporter.report("starting a thread for health checks", noThread);
    }
  }

  int size() {
    return count.get();
  }

  /**
   * Lets idle threads go, and those that are busy as soon as they come back; waits up to {@code
   * limitMillis}.
   */
  void close(long limitMillis) {
    closed = true;
    threads.forEach(LockSupport::unpark);
    try {
      long each = Math.max(1, limitMillis / Math.max(1, threads.size()));
      for (Thread thread : threads) {
        if (thread != Thread.currentThread()) {
          thread.join(each);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Worker implements Runnable {

    private volatile @Nullable Thread thread;

    @Override
    public void run() {
      Moment moment = new Moment(ticker, wallClock);
      try {
        Runnable job = claim();
        coming.decrementAndGet();
        if (job == null) {
          job = next();
        }
        while (job != null) {
          execute(job, moment);
          job = claim();
          if (job == null) {
            job = next();
            moment.now();
          }
        }
      } finally {
        threads.remove(Thread.currentThread());
        count.decrementAndGet();
      }
    }

    private void execute(Runnable job, Moment moment) {
      Run run = job instanceof Run it ? it : null;
      if ((run == null || !run.quick()) && waiting() > 0) {
        wakeOne();
      }
      try {
        if (run == null) {
          job.run();
          moment.now();
        } else {
          run.execute(moment);
        }
      } catch (Throwable failure) { // the top of our own thread
        reporter.report("running a health check", failure);
      }
      Thread.interrupted(); // what a check leaves behind must not wake this thread for ever
    }

    /** The next piece of work, or null when this thread should end. */
    private @Nullable Runnable next() {
      for (int spin = 0; spin <= SPINS; spin++) {
        Runnable job = claim();
        if (job != null) {
          return job;
        }
        Thread.onSpinWait();
      }
      long sleepUntil = ticker.read() + KEEP_ALIVE;
      while (true) {
        idle.addFirst(this);
        Runnable job = claim(); // again, now that whoever submits can see that this thread sleeps
        if (job == null && !closed) {
          ticker.park(sleepUntil - ticker.read());
          job = claim();
        }
        boolean unasked = idle.remove(this);
        if (!unasked) {
          coming.decrementAndGet();
        }
        if (job != null) {
          return job;
        }
        if (closed || (unasked && sleepUntil - ticker.read() <= 0)) {
          return claim(); // somebody may have counted on this thread between the last two lines
        }
      }
    }
  }
}
