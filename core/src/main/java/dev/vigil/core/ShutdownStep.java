package dev.vigil.core;

import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of a {@link ShutdownSequence}.
 *
 * @param name what it does
 * @param limit how long it may take
 * @param action the work
 */
record ShutdownStep(String name, Duration limit, ShutdownSequence.Action action) {

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  /** The sequence whose step this thread runs; gone with the thread. */
  private static final ThreadLocal<ShutdownSequence> STEP_OF = new ThreadLocal<>();

  /** How a step ended: its failure, or none. */
  private record Outcome(@Nullable Throwable failure) {}

  static boolean isStepOf(ShutdownSequence sequence) {
    return STEP_OF.get() == sequence;
  }

  /** Runs the work on a thread of its own; whether it ended well and in time. */
  boolean run(ShutdownSequence sequence, String position, VigilThreads threads, Ticker ticker) {
    AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    Thread waiting = Thread.currentThread();
    Thread worker =
        threads.newThread(
            () -> {
              STEP_OF.set(sequence);
              outcome.set(new Outcome(attempt()));
              LockSupport.unpark(waiting);
            });
    long start = ticker.read();
    worker.start();
    boolean interrupted = false;
    long elapsed = 0;
    while (outcome.get() == null && elapsed < limit.toNanos()) {
      ticker.park(limit.toNanos() - elapsed);
      interrupted |= Thread.interrupted();
      elapsed = ticker.read() - start;
    }
    if (interrupted) {
      waiting.interrupt();
    }
    return report(position, outcome.get(), ShutdownSequence.shown(elapsed), worker);
  }

  /** The top of a thread we own: whatever is thrown ends here and is logged by the caller. */
  private @Nullable Throwable attempt() {
    try {
      action.run();
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }

  private boolean report(
      String position, @Nullable Outcome outcome, Duration elapsed, Thread worker) {
    if (outcome == null) {
      StackTraceElement[] frames = worker.getStackTrace();
      String where = frames.length == 0 ? "" : ", in " + frames[0];
      log.warn("shutdown {} {}: left behind after {}{}", position, name, limit, where);
      return false;
    }
    if (outcome.failure() != null) {
      Throwable redacted = Redactor.standard().redact(outcome.failure());
      log.warn("shutdown {} {}: failed after {}", position, name, elapsed, redacted);
      return false;
    }
    log.info("shutdown {} {}: done in {}", position, name, elapsed);
    return true;
  }
}
