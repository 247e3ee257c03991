package dev.vigil.health.http;

import dev.vigil.core.internal.VigilThreads;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two threads that serve exchanges, and a third that watches how long each takes.
 *
 * <p>The JDK's server reads a request on the thread that will handle it, blocking, and its limits
 * for that are system properties of the whole JVM. But it reads from interruptible channels ({@link
 * java.nio.channels.InterruptibleChannel}): interrupting the reader closes the connection and frees
 * the thread. So that is what happens to a request that does not arrive.
 */
final class AdminThreads extends ThreadPoolExecutor {

  private static final int THREADS = 2;
  private static final int LONGEST_QUEUE = 1000;
  private static final long CLOSE_MILLIS = 1_000;

  /** The pause between two looks at an exchange, and what a request may take if others wait. */
  private static final long LOOK_MILLIS = 100;

  /** 2 s: longer than a retransmission or two, for a request that fits into one packet. */
  private static final int LOOKS_WHILE_READING = 20;

  /** 30 s, as long as browsers and scrapers wait. */
  private static final int LOOKS_AT_MOST = 300;

  private final ConcurrentHashMap<Thread, Turn> turns = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor watch;

  AdminThreads() {
    super(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new NewestFirst(LONGEST_QUEUE),
        VigilThreads.named("admin"));
    watch = new ScheduledThreadPoolExecutor(1, VigilThreads.named("admin-watch"));
    watch.setRemoveOnCancelPolicy(true);
  }

  /** Whoever came first waits behind those who came later: its client may have given up by then. */
  private static final class NewestFirst extends LinkedBlockingDeque<Runnable> {
    private static final long serialVersionUID = 1;

    NewestFirst(int capacity) {
      super(capacity);
    }

    @Override
    public boolean offer(Runnable exchange) {
      return offerFirst(exchange);
    }
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable exchange) {
    Turn turn = new Turn(thread);
    turns.put(thread, turn);
    turn.watching =
        watch.scheduleWithFixedDelay(turn, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Tells that the request of the calling thread has arrived whole. */
  void requestRead() {
    Turn turn = turns.get(Thread.currentThread());
    if (turn != null) {
      turn.read();
    }
  }

  @Override
  protected void afterExecute(Runnable exchange, @Nullable Throwable thrown) {
    Turn turn = turns.remove(Thread.currentThread());
    if (turn != null) {
      turn.end();
    }
  }

  /** Lets what runs go on for a second; then interrupts it. Leaves no thread that heeds that. */
  void stop() {
    shutdown();
    try {
      awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException atOnce) {
      Thread.currentThread().interrupt();
    }
    shutdownNow();
    watch.shutdownNow();
  }

  /**
   * One exchange on one thread. What it does is under its lock, so that no interrupt comes late.
   */
  private final class Turn implements Runnable {
    private final Thread thread;
    private @Nullable Future<?> watching;
    private boolean reading = true;
    private boolean ended;
    private int looks;

    Turn(Thread thread) {
      this.thread = thread;
    }

    @Override
    public synchronized void run() {
      looks++;
      boolean tooSlow = reading && (looks >= LOOKS_WHILE_READING || !getQueue().isEmpty());
      if (!ended && (tooSlow || looks >= LOOKS_AT_MOST)) {
        ended = true;
        thread.interrupt();
      }
    }

    synchronized void read() {
      reading = false;
    }

    void end() {
      synchronized (this) {
        ended = true;
      }
      if (watching != null) {
        watching.cancel(false);
      }
    }
  }
}
