package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates at every interval, counted from the start, on one daemon thread. An evaluation that
 * takes longer than the interval costs the slots that it covers: they are counted and never made up
 * for.
 */
final class EvaluationLoop {

  private static final Logger log = LoggerFactory.getLogger(AlertEngine.class);
  private static final long QUIET = Duration.ofMinutes(1).toNanos();
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Ticker ticker;
  private final long interval;
  private final Runnable evaluation;
  private final ErrorReporter errors;
  private final Thread thread;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong missed = new AtomicLong();
  private volatile long doneAt;
  private volatile boolean done;
  private boolean warned;
  private long warnedAt;
  private long missedWhenWarned;

  EvaluationLoop(Ticker ticker, Duration interval, Runnable evaluation, ErrorReporter errors) {
    this.ticker = ticker;
    this.interval = interval.toNanos();
    this.evaluation = evaluation;
    this.errors = errors;
    thread = VigilThreads.named("alerts-evaluator").newThread(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long start = ticker.read();
    long slot = 0;
    while (!closed.get()) {
      long wait = start + slot * interval - ticker.read();
      if (wait > 0) {
        ticker.park(wait);
        clearInterrupt();
        continue;
      }
      try {
        evaluation.run();
      } catch (Throwable failure) { // top of a thread of ours, which has to go on
        errors.report("evaluating alert rules", failure);
      }
      long end = ticker.read();
      doneAt = end;
      done = true;
      long next = Math.max(slot + 1, Math.floorDiv(end - start, interval) + 1);
      skip(next - slot - 1, end);
      slot = next;
    }
  }

  /** Whoever interrupts us but to close has no right to; the loop must not spin for it. */
  private static void clearInterrupt() {
    Thread.interrupted();
  }

  private void skip(long slots, long now) {
    if (slots == 0) {
      return;
    }
    missed.addAndGet(slots);
    if (warned && now - warnedAt < QUIET) {
      return;
    }
    log.warn(
        "evaluating alert rules takes longer than the interval of {}: {} evaluation(s) were skipped"
            + " since the last warning; use fewer rules, cheaper gauges or a longer interval",
        Duration.ofNanos(interval),
        missed.get() - missedWhenWarned);
    warned = true;
    warnedAt = now;
    missedWhenWarned = missed.get();
  }

  /** How many evaluations were skipped. */
  long missed() {
    return missed.get();
  }

  /** Whether the last evaluation ended less than two intervals ago. */
  boolean onTime() {
    return done && ticker.read() - doneAt < 2 * interval;
  }

  /** Waits two seconds for an evaluation under way. Idempotent. */
  void close() {
    closed.set(true);
    @Nullable Thread waiting = thread == Thread.currentThread() ? null : thread;
    if (waiting == null || !waiting.isAlive()) {
      return;
    }
    waiting.interrupt();
    try {
      waiting.join(CLOSING.toMillis());
    } catch (InterruptedException inAHurry) {
      Thread.currentThread().interrupt();
    }
  }
}
