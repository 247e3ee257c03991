package dev.vigil.health;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A registered check: what is known of it, and the one run that it may have at a time.
 *
 * <p>The lock is held for changes of state only, never while a check, a listener or the log is
 * called; readers take none.
 */
final class CheckSlot {

  /** Below this, handing a run to a second thread costs more than the run. */
  private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private static final int STACK_FRAMES = 15;

  private final CheckPolicy policy;
  private final @Nullable HealthCheck sync;
  private final @Nullable AsyncHealthCheck async;
  private final Engine engine;
  private final CheckSlot[] parents;
  private final int depth;
  private final CheckRecord record;

  private volatile @Nullable Run run;
  private volatile boolean closed;

  CheckSlot(
      CheckPolicy policy,
      @Nullable HealthCheck sync,
      @Nullable AsyncHealthCheck async,
      CheckSlot[] parents,
      Engine engine) {
    this.policy = policy;
    this.sync = sync;
    this.async = async;
    this.parents = parents;
    this.engine = engine;
    int deepest = -1;
    for (CheckSlot parent : parents) {
      deepest = Math.max(deepest, parent.depth);
    }
    this.depth = deepest + 1;
    this.record = new CheckRecord(policy, engine);
  }

  CheckPolicy policy() {
    return policy;
  }

  /** Null for an asynchronous check, as {@link #async()} is for any other. */
  @Nullable HealthCheck sync() {
    return sync;
  }

  @Nullable AsyncHealthCheck async() {
    return async;
  }

  CheckRecord record() {
    return record;
  }

  CheckState state() {
    return record.state();
  }

  CheckSlot[] parents() {
    return parents;
  }

  /** How many checks stand above it: 0 for one that depends on nothing. */
  int depth() {
    return depth;
  }

  long now() {
    return engine.ticker.read();
  }

  Moment moment() {
    return engine.moment();
  }

  boolean quick() {
    CheckState last = record.state();
    return !last.isPending() && last.tookNanos() < QUICK_NANOS;
  }

  /** Whether a run is in progress that may still come back in time. */
  boolean running() {
    Run current = run;
    return current != null && !current.settled();
  }

  // Asking

  /**
   * Starts a run if one is due. One that this starts goes into {@code batch}, unless the check is
   * inline: that one is over when this returns.
   *
   * @return whether {@code who} has to wait, and will be told when there is no more need to; false
   *     where the state speaks for itself
   */
  boolean ask(long now, Batch batch, Evaluation who) {
    Run current = run;
    if (current == null) {
      if (!wanted(now) || blockedBy(now) != null) {
        return false;
      }
      if (policy.inline()) {
        return runHere(now, who);
      }
      current = start(now, batch, who);
      return current != null && (batch.endsWith(current) || current.join(who));
    }
    if (policy.scheduled() && !record.state().isPending()) {
      return false; // the last result serves
    }
    return current.join(who);
  }

  private boolean wanted(long now) {
    CheckState last = record.state();
    return !policy.scheduled()
        && !closed
        && (last.isPending() || now - last.endTick() >= policy.cacheFor());
  }

  /**
   * The run in progress, if any: one of this call's own, which {@code who} waits for, or another
   * caller's.
   */
  private synchronized @Nullable Run start(long now, Batch batch, @Nullable Evaluation who) {
    if (run == null && !closed && (policy.scheduled() || wanted(now))) {
      Run begun = new Run(this, now, record.state().result(), who);
      run = begun;
      batch.add(begun);
    }
    return run;
  }

  private boolean runHere(long now, Evaluation who) {
    Run begun;
    synchronized (this) {
      if (run != null) {
        return run.join(who);
      }
      if (!wanted(now)) {
        return false;
      }
      begun = new Run(this, now, record.state().result(), null);
      run = begun;
    }
    begun.execute(who.moment());
    return false;
  }

  /** The check above that keeps this one from being run, or null. */
  @Nullable String blockedBy(long now) {
    for (CheckSlot parent : parents) {
      if (parent.effective(now) == HealthStatus.UNHEALTHY) {
        return parent.policy.name();
      }
    }
    return null;
  }

  private HealthStatus effective(long now) {
    CheckState last = record.state();
    if (blockedBy(now) != null || record.stale(now)) {
      return HealthStatus.UNHEALTHY;
    }
    return last.isPending()
        ? HealthStatus.HEALTHY
        : last.status(); // unknown is no reason not to look
  }

  /** The tick up to which a report that shows this check stays true if nothing happens. */
  long validUntil(long now) {
    CheckState last = record.state();
    Schedule schedule = policy.schedule();
    Run current = run;
    if (last.isPending()) {
      return now;
    }
    if (schedule != null) {
      return record.stale(now) ? now + DeadlineTimer.FAR : last.endTick() + schedule.staleAfter();
    }
    if (current != null) {
      return current.settled() ? now + DeadlineTimer.FAR : now;
    }
    return blockedBy(now) != null ? now + DeadlineTimer.FAR : last.endTick() + policy.cacheFor();
  }

  // What becomes of runs

  void returned(Run ended, @Nullable HealthResult result, Moment moment) {
    conclude(
        ended,
        result != null
            ? result
            : HealthResult.unhealthy("the check returned null instead of a result"),
        moment);
  }

  void threw(Run ended, Throwable thrown, Moment moment) {
    if (thrown instanceof InterruptedException && policy.inline()) {
      Thread.currentThread().interrupt(); // the thread is the caller's
    }
    String why = "the check threw " + thrown.getClass().getName();
    conclude(ended, HealthResult.unhealthy(why, thrown), moment);
  }

  void refused(Run ended, Throwable why) {
    conclude(
        ended,
        HealthResult.unhealthy("the executor refused to run the check", why),
        engine.moment());
  }

  private void conclude(Run ended, HealthResult result, Moment moment) {
    long tick = moment.now();
    long millis = moment.millis();
    CheckState before;
    CheckState after;
    synchronized (this) {
      if (run != ended) {
        return; // given up, or the check is no longer registered
      }
      before = record.state();
      after =
          before.returned(
              policy,
              result,
              FailureLog.errorId(before, result),
              tick,
              millis,
              tick - ended.beginTick());
      record.become(after, tick);
      run = null;
    }
    engine.changed();
    ended.finish();
    FailureLog.returned(policy, before, after);
    if (policy.scheduled()) {
      engine.timer.wakeBy(record.due());
    }
  }

  // Time

  /**
   * Does what is due now; called by the timer.
   *
   * @return when it wants to be called again, at the latest
   */
  long tick(long now) {
    Run current = run;
    if (current == null) {
      if (!policy.scheduled() || closed) {
        return now + DeadlineTimer.FAR;
      }
      if (now - record.due() < 0) {
        return record.due();
      }
      if (blockedBy(now) != null) {
        return skip(now);
      }
      Batch batch = new Batch();
      current = start(now, batch, null);
      engine.execute(batch);
    }
    if (current == null) {
      return now + DeadlineTimer.FAR;
    }
    if (now - current.deadline() >= 0) {
      overdue(current, now);
    }
    return current.deadline();
  }

  private synchronized long skip(long now) {
    record.putOff(now, false);
    return record.due();
  }

  private void overdue(Run late, long now) {
    boolean first = !late.settled();
    boolean neverBegan = late.abandon();
    List<String> frames = first ? late.frames(STACK_FRAMES) : record.state().stuckAt();
    String limit = FailureLog.words(policy.timeout());
    HealthResult why =
        HealthResult.unhealthy(
            neverBegan
                ? "no thread was free to run the check within " + limit
                : "timed out after " + limit);
    long millis = engine.wallClock.millis();
    CheckState after;
    synchronized (this) {
      if (run != late) {
        return; // it came back just now
      }
      after = record.state().timedOut(policy, why, frames, now, millis, now - late.startTick());
      record.become(after, now);
      // A run that hangs counts as one more failure each time that another could have failed.
      Schedule schedule = policy.schedule();
      late.deadline(
          now + Math.max(policy.timeout(), schedule == null ? 0 : schedule.whileFailing()));
      if (neverBegan) {
        run = null;
      }
    }
    engine.changed();
    late.cancel();
    late.settle();
    if (first) {
      FailureLog.timedOut(policy, after, frames, neverBegan);
    }
  }

  /** Has {@code action} done on a thread that no check waits for. */
  void aside(Runnable action) {
    engine.workers.submit(
        () -> {
          try {
            action.run();
          } catch (Throwable failure) { // not ours
            engine.reporter.report("cancelling check \"" + policy.name() + '"', failure);
          }
        });
    engine.timer.wakeBy(engine.ticker.read() + Workers.PATIENCE);
  }

  // Life

  /** Forgets the run in progress and starts no more. */
  void close() {
    Run left;
    synchronized (this) {
      closed = true;
      left = run;
    }
    if (left != null) {
      left.abandon();
      left.cancel();
      left.settle();
    }
  }

  /** Whether a run has not come back. */
  boolean occupied() {
    return run != null;
  }
}
