package dev.vigil.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link Evaluator}: by its own thread, or by whoever hands it moments. What others ask of
 * it in between (views, reloads, silences) waits for no evaluation that hangs.
 */
final class RuleRunner implements AutoCloseable {

  private static final Duration VIEW_WAITS = Duration.ofMillis(500);
  private static final Duration CLOSE_WAITS = Duration.ofSeconds(2);

  private enum Mode {
    NEW,
    BY_HAND,
    STARTED,
    CLOSED
  }

  private final EngineParts parts;
  private final EngineClock clock;
  private final Evaluator evaluator;
  private final Silences silences;
  private final Announcer announcer;
  private final RuleGauges gauges;
  private final @Nullable StateKeeper keeper;
  private final EvaluationLoop loop;
  private final @Nullable WatchdogLoop watchdog;
  private final Views views;
  private final ReentrantLock evaluating = new ReentrantLock();
  private final AtomicReference<@Nullable Supplier<List<BoundRule>>> nextRules =
      new AtomicReference<>();
  private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.NEW);
  private long evaluations;
  private volatile @Nullable AlertsView lastView;

  /** Locks the state file where there is one, and takes over what it holds. */
  RuleRunner(EngineParts parts, EngineClock clock, List<BoundRule> rules) {
    this.parts = parts;
    this.clock = clock;
    silences = parts.silences();
    StateFile file = parts.stateFile() == null ? null : StateFile.open(parts.stateFile());
    announcer = new Announcer(parts.listeners(), silences, parts.sink(), parts.errors());
    gauges = new RuleGauges(parts.registry());
    evaluator =
        new Evaluator(
            new Tick(parts.interval().toNanos()),
            clock,
            parts.snapshot(),
            silences,
            announcer,
            gauges,
            parts.redactor(),
            parts.errors());
    keeper = file == null ? null : new StateKeeper(file, silences, parts.sink(), parts.errors());
    views = new Views(parts.redactor());
    loop = new EvaluationLoop(clock, parts.interval(), this::evaluate, parts.errors());
    watchdog =
        parts.watchdog() == null ? null : new WatchdogLoop(parts.watchdog(), clock, this::trouble);
    evaluator.replaceRules(rules, clock.millis());
  }

  /** Before the first evaluation, since only then its time is known. */
  private void restore() {
    if (keeper != null) {
      new Restart(evaluator, silences, parts.sink(), parts.channels())
          .from(keeper.read(), clock.read(), clock.instant());
    }
  }

  void start() {
    if (!mode.compareAndSet(Mode.NEW, Mode.STARTED)) {
      throw new IllegalStateException("start() comes first and once, but this is " + mode.get());
    }
    loop.start();
    if (watchdog != null) {
      watchdog.start();
    }
  }

  List<AlertTransition> evaluate(Instant at) {
    mode.compareAndSet(Mode.NEW, Mode.BY_HAND);
    if (mode.get() != Mode.BY_HAND) {
      throw new IllegalStateException(
          "evaluate(..) is for engines that are not started, but this is " + mode.get());
    }
    clock.set(at);
    return evaluate();
  }

  private List<AlertTransition> evaluate() {
    evaluating.lock();
    try {
      if (mode.get() == Mode.CLOSED) {
        return List.of();
      }
      boolean reloaded = takeRules();
      if (evaluations == 0) {
        restore();
      }
      List<AlertTransition> changes = evaluator.evaluate(clock.read(), clock.millis());
      evaluations++;
      if (keeper != null) {
        keeper.afterEvaluation(evaluator.rules(), evaluator.tick(), !changes.isEmpty() || reloaded);
      }
      return changes;
    } finally {
      evaluating.unlock();
    }
  }

  private boolean takeRules() {
    Supplier<List<BoundRule>> next = nextRules.getAndSet(null);
    if (next == null) {
      return false;
    }
    evaluator.replaceRules(next.get(), clock.millis());
    return true;
  }

  /**
   * Has other rules from the next evaluation on.
   *
   * @param rules binds them, called on the evaluator's thread
   */
  void reload(Supplier<List<BoundRule>> rules) {
    nextRules.set(rules);
  }

  void silence(Silence silence, Duration duration) {
    silences.add(silence, clock.read() + duration.toNanos());
  }

  boolean endSilence(String id) {
    return silences.end(id, clock.read());
  }

  /** As of now; of before, where an evaluation takes long. */
  AlertsView view() {
    boolean locked = false;
    try {
      AlertsView last = lastView;
      locked = evaluating.tryLock(VIEW_WAITS.toMillis(), TimeUnit.MILLISECONDS);
      if (!locked && last != null) {
        return last;
      }
      if (!locked) {
        return new AlertsView(Instant.EPOCH, 0, loop.missed(), List.of(), List.of());
      }
      AlertsView made = views.of(evaluator, silences, evaluations, loop.missed());
      lastView = made;
      return made;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new AlertsView(Instant.EPOCH, 0, loop.missed(), List.of(), List.of());
    } finally {
      if (locked) {
        evaluating.unlock();
      }
    }
  }

  /** Why alerts do not work, or null where they do. */
  private @Nullable String trouble() {
    if (!loop.onTime()) {
      return "rules are not evaluated on time";
    }
    return parts.sink().canDeliver() ? null : "no channel can deliver";
  }

  @Override
  public void close() {
    if (mode.getAndSet(Mode.CLOSED) == Mode.CLOSED) {
      return;
    }
    if (watchdog != null) {
      watchdog.close();
    }
    loop.close();
    boolean locked = lockToClose();
    try {
      if (locked && parts.resolveOnShutdown()) {
        evaluator.resolveAll(clock.millis());
      }
      parts.sink().close();
      if (keeper != null && locked) {
        keeper.close(evaluator.rules(), evaluator.tick());
      } else if (keeper != null) {
        keeper.close();
      }
      announcer.close();
      gauges.removeAll();
    } finally {
      if (locked) {
        evaluating.unlock();
      }
    }
  }

  private boolean lockToClose() {
    try {
      return evaluating.tryLock(CLOSE_WAITS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException inAHurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
