package dev.vigil.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What is known of a check as time goes by: its state, its changes, and when it is due next.
 * Written under its slot's lock, read without.
 */
final class CheckRecord {

  private static final int HISTORY = 20;

  private final CheckPolicy policy;
  private final Engine engine;
  private final Deque<HealthChange> history = new ArrayDeque<>(HISTORY); // guarded by itself

  private volatile CheckState state = CheckState.PENDING;
  private volatile boolean passed;
  private volatile long due; // of a scheduled check

  CheckRecord(CheckPolicy policy, Engine engine) {
    this.policy = policy;
    this.engine = engine;
    Schedule schedule = policy.schedule();
    this.due = engine.ticker.read() + (schedule == null ? 0 : schedule.initialDelay());
  }

  CheckState state() {
    return state;
  }

  /** Whether it has not been unhealthy at least once. */
  boolean passed() {
    return passed;
  }

  /** When a scheduled check runs next. */
  long due() {
    return due;
  }

  /** Whether a scheduled check's last result is too old. */
  boolean stale(long now) {
    CheckState last = state;
    Schedule schedule = policy.schedule();
    return schedule != null && !last.isPending() && now - last.endTick() >= schedule.staleAfter();
  }

  /** A new state, as of {@code tick}. */
  void become(CheckState after, long tick) {
    CheckState before = state;
    state = after;
    passed |= after.status() != HealthStatus.UNHEALTHY;
    putOff(tick, after.failing());
    if (after.changedFrom(before)) {
      tell(FailureLog.change(policy.name(), before, after));
    }
  }

  /** Keeps a change, and has the listeners hear of it. */
  void tell(HealthChange change) {
    synchronized (history) {
      if (history.size() == HISTORY) {
        history.removeFirst();
      }
      history.addLast(change);
    }
    engine.changes.publish(change);
  }

  /** Lets a scheduled check be due an interval from {@code tick}. */
  void putOff(long tick, boolean failing) {
    Schedule schedule = policy.schedule();
    if (schedule != null) {
      due = tick + schedule.next(failing, engine.chance.getAsDouble());
    }
  }

  List<HealthChange> history() {
    synchronized (history) {
      return List.copyOf(history);
    }
  }
}
