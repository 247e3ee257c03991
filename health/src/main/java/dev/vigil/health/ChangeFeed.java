package dev.vigil.health;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.internal.VigilThreads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes to the listeners: in order, on a thread of its own that exists only while there is
 * something to bring.
 */
final class ChangeFeed {

  /**
   * So many changes may pile up behind a listener that blocks; the documented figure of {@link
   * HealthListener}.
   */
  private static final int CAPACITY = 1000;

  private static final long IDLE_SECONDS = 5;

  private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);

  private final ErrorReporter reporter;
  private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor courier;

  ChangeFeed(ErrorReporter reporter) {
    this.reporter = reporter;
    this.courier =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(CAPACITY),
            VigilThreads.named("health-events"));
    courier.allowCoreThreadTimeOut(true);
  }

  void add(HealthListener listener) {
    listeners.add(listener);
  }

  /** Takes a change; never blocks and never throws. */
  void publish(HealthChange change) {
    if (listeners.isEmpty()) {
      return;
    }
    try {
      courier.execute(() -> deliver(change));
    } catch (RejectedExecutionException full) {
      if (!courier.isShutdown() && dropped.incrementAndGet() % CAPACITY == 1) {
        log.warn(
            "health listeners are {} changes behind and lose the newest ({} so far); one of them blocks",
            CAPACITY,
            dropped);
      }
    }
  }

  private void deliver(HealthChange change) {
    for (HealthListener listener : listeners) {
      try {
        listener.changed(change);
      } catch (Throwable failure) { // not ours; the others hear of the change all the same
        reporter.report("calling a health listener", failure);
      }
    }
  }

  /** Delivers what is queued, waiting up to {@code limitMillis}, and takes no more. */
  void close(long limitMillis) {
    courier.shutdown();
    try {
      courier.awaitTermination(limitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
