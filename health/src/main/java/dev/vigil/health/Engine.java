package dev.vigil.health;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What all checks of one registry share: time, threads, and whom to tell. */
final class Engine {

  final Ticker ticker;
  final InstantSource wallClock;
  final ErrorReporter reporter;
  final DoubleSupplier chance;
  final ChangeFeed changes;
  final Workers workers;
  final DeadlineTimer timer;

  private final @Nullable Executor given;
  private final AtomicLong version = new AtomicLong();
  private volatile boolean closed;

  Engine(
      Ticker ticker,
      InstantSource wallClock,
      ErrorReporter reporter,
      DoubleSupplier chance,
      @Nullable Executor given) {
    this.ticker = ticker;
    this.wallClock = wallClock;
    this.reporter = reporter;
    this.chance = chance;
    this.given = given;
    this.changes = new ChangeFeed(reporter);
    this.workers = new Workers(ticker, wallClock, reporter);
    this.timer = new DeadlineTimer(ticker, workers, reporter);
  }

  /** Now, for a thread that has no {@link Moment} of its own. */
  Moment moment() {
    return new Moment(ticker, wallClock);
  }

  /** A number that is another one after anything that a report could show has changed. */
  long version() {
    return version.get();
  }

  void changed() {
    version.incrementAndGet();
  }

  boolean closed() {
    return closed;
  }

  /** From here on no run starts. */
  void close() {
    closed = true;
    changed();
  }

  /**
   * Has runs executed, each on a thread that is not the caller's, in order as far as threads allow.
   */
  void execute(Batch runs) {
    if (runs.isEmpty()) {
      return;
    }
    if (given == null) {
      workers.submit(runs);
    } else {
      runs.forEach(run -> handOver(given, run));
    }
    timer.wakeBy(runs.earliestDeadline());
  }

  private static void handOver(Executor executor, Run run) {
    try {
      executor.execute(run);
    } catch (RejectedExecutionException refused) {
      run.refused(refused);
    }
  }
}
