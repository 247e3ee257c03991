package dev.vigil.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One question, from asking the checks of a view to the answer: whoever depends on nothing first,
 * then those that depend on them, and no longer than the response deadline.
 */
final class Evaluation {

  /**
   * Some 30 µs: checks that take less are waited for awake, since sleeping and waking costs more.
   */
  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 2_000 : 0;

  private final Engine engine;
  private final View view;
  private final CheckSlot[][] levels;
  private final long deadline;
  private final @Nullable Thread caller;
  private final @Nullable CompletableFuture<HealthReport> answer;
  private final Moment moment; // of whichever thread asks
  private final AtomicInteger missing = new AtomicInteger();
  private volatile boolean
      complete; // apart from the counter, so that waiting awake does not slow the counting
  private volatile boolean asleep;
  private int
      level; // one thread at a time: the caller's, or whichever brought the last result of the

  // level before

  private Evaluation(
      Engine engine,
      View view,
      @Nullable Thread caller,
      @Nullable CompletableFuture<HealthReport> answer) {
    this.engine = engine;
    this.view = view;
    this.levels = view.levels();
    this.caller = caller;
    this.answer = answer;
    this.moment = engine.moment();
    this.deadline = moment.tick() + view.responseDeadline();
  }

  /**
   * Asks, and blocks until the answer is complete or due. An interrupt makes it due at once and
   * stays set.
   */
  static HealthReport now(Engine engine, View view) {
    Evaluation evaluation = new Evaluation(engine, view, Thread.currentThread(), null);
    boolean struck = false;
    while (!struck && evaluation.level < evaluation.levels.length) {
      struck = evaluation.ask() > 0 && !evaluation.await();
    }
    evaluation.moment.now();
    return view.report(engine, evaluation.moment, struck);
  }

  /** Asks; the future is completed on a thread of ours, at the deadline at the latest. */
  static CompletableFuture<HealthReport> later(Engine engine, View view) {
    CompletableFuture<HealthReport> answer = new CompletableFuture<>();
    Evaluation evaluation = new Evaluation(engine, view, null, answer);
    evaluation.goOn();
    if (!answer.isDone()) {
      engine.timer.owe(evaluation);
    }
    return answer;
  }

  long deadline() {
    return deadline;
  }

  Moment moment() {
    return moment;
  }

  /** Asks the next level; returns how many results are missing. */
  private int ask() {
    if (level > 0) {
      moment.now(); // the level before has taken its time
    }
    Batch batch = new Batch();
    CheckSlot[] asked = levels[level];
    // One more than there are checks, so that nothing is complete before everyone has been asked.
    missing.set(asked.length + 1);
    complete = false;
    int answered = 1;
    for (CheckSlot slot : asked) {
      if (!slot.ask(moment.tick(), batch, this)) {
        answered++;
      }
    }
    level++;
    engine.execute(batch);
    int left = missing.addAndGet(-answered);
    if (left > 0 && caller != null && batch.quick()) {
      for (int spin = 0; spin < SPINS && !complete; spin++) {
        Thread.onSpinWait();
      }
    }
    return left;
  }

  private boolean await() {
    while (!complete) {
      long left = deadline - engine.ticker.read();
      if (left <= 0) {
        return false;
      }
      asleep = true; // seen by whoever completes this after the next line has looked
      if (!complete) {
        engine.ticker.park(left);
      }
      asleep = false;
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        return complete;
      }
    }
    return true;
  }

  /** One of the runs that this waits for has settled. */
  void arrived() {
    if (missing.decrementAndGet() > 0) {
      return;
    }
    if (caller == null) {
      goOn();
      return;
    }
    complete = true;
    if (asleep) {
      LockSupport.unpark(caller);
    }
  }

  private void goOn() {
    while (level < levels.length) {
      if (ask() > 0) {
        return; // whoever arrives last goes on
      }
    }
    answer(false);
  }

  boolean answered() {
    return answer == null || answer.isDone();
  }

  /** The deadline has come. */
  void strike() {
    answer(true);
  }

  private void answer(boolean struck) {
    if (answer != null && !answer.isDone()) {
      HealthReport report = view.report(engine, engine.moment(), struck);
      // Dependents of the future are the application's code: they get a worker, not the timer.
      engine.workers.submit(() -> answer.complete(report));
    }
  }
}
