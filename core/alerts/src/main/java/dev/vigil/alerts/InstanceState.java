package dev.vigil.alerts;

import java.time.Duration;

/**
 * Where one instance of a rule stands, moved on by one evaluation at a time: no thread, no clock,
 * no I/O.
 *
 * <p>As Prometheus does it: the first evaluation that finds the condition true begins; the first at
 * which it has held for the duration fires; one false evaluation takes a pending state back; after
 * the hold, exactly at its end, it resolves. Beyond Prometheus: a condition of recovery, policies
 * for missing meters, and states from before a restart, see {@link #adopt}.
 */
final class InstanceState {

  /** No moment: of {@link #firedAt} before it fired. */
  static final long NEVER = Long.MIN_VALUE;

  /** For how long "resolved" is shown; as long does Prometheus keep it (rules/alerting.go). */
  private static final long RESOLVED_SHOWN = Duration.ofMinutes(15).toNanos();

  /** After a restart one evaluation may find the condition false before it is believed. */
  private static final int DOUBTS = 1;

  private AlertState state = AlertState.INACTIVE;
  private boolean noData;
  private boolean holding;
  private int doubts;
  private boolean adopted;
  private long adoptedAt;
  private long activeSince;
  private long recoveringSince;
  private long resolvedSince;
  private long activeAt = NEVER;
  private long firedAt = NEVER;
  private long endedAt = NEVER;

  /**
   * One evaluation.
   *
   * @param recovery the condition of recovery; of no importance for a rule without
   * @return whether people should hear of it: the end of {@link AlertState#RESOLVED} they need not
   */
  boolean step(Truth condition, Truth recovery, Tick tick, RuleTiming timing) {
    AlertState before = state;
    boolean missing = condition == Truth.MISSING;
    noData = missing;
    boolean holds = condition == Truth.TRUE || (missing && timing.missing() == MissingPolicy.FIRE);
    if (missing && timing.missingFreezes()) {
      freeze(tick.step());
    } else if (adopted && stillDoubted(holds, missing, tick, timing)) {
      freeze(tick.step());
    } else if (holds) {
      holds(tick, timing);
    } else {
      boolean recovered = !timing.recovers() || recovery == Truth.TRUE || missing;
      holdsNot(recovered, tick, timing);
    }
    return state != before && !(before == AlertState.RESOLVED && state == AlertState.INACTIVE);
  }

  private boolean stillDoubted(boolean holds, boolean missing, Tick tick, RuleTiming timing) {
    if (holds || state == AlertState.RECOVERING) {
      adopted = false;
      return false;
    }
    if (missing && tick.now() - adoptedAt < timing.warmUp()) {
      return true;
    }
    adopted = doubts-- > 0;
    return adopted;
  }

  /** The clocks of the duration and of the hold do not run. */
  void freeze(long step) {
    activeSince += step;
    recoveringSince += step;
  }

  private void holds(Tick tick, RuleTiming timing) {
    if (!active()) {
      activeSince = tick.now();
      activeAt = tick.wallMillis();
      firedAt = NEVER;
      endedAt = NEVER;
    }
    holding = false;
    // Also where it fired already: the duration may have been raised since.
    if (tick.now() - activeSince < timing.duration()) {
      state = AlertState.PENDING;
      firedAt = NEVER;
    } else {
      firedAt = fired() ? firedAt : tick.wallMillis();
      state = AlertState.FIRING;
    }
  }

  private void holdsNot(boolean recovered, Tick tick, RuleTiming timing) {
    if (state == AlertState.PENDING) {
      state = AlertState.INACTIVE;
    } else if (state == AlertState.RESOLVED) {
      if (tick.now() - resolvedSince >= RESOLVED_SHOWN) {
        state = AlertState.INACTIVE;
      }
    } else if (fired()) {
      recovers(recovered, tick, timing);
    }
  }

  private void recovers(boolean recovered, Tick tick, RuleTiming timing) {
    if (recovered && !holding) {
      recoveringSince = tick.now();
    }
    holding = recovered;
    if (holding && tick.now() - recoveringSince >= timing.keepFiringFor()) {
      state = AlertState.RESOLVED;
      holding = false;
      resolvedSince = tick.now();
      endedAt = tick.wallMillis();
    } else {
      state = AlertState.RECOVERING;
    }
  }

  /**
   * Takes over what was saved before a restart. Time without the process does not count. The first
   * evaluation that finds the condition true goes on from here; two that find it false end it;
   * while the meters are missing it stands until the condition's windows could have filled.
   *
   * @param activeFor nanoseconds for which it had been active
   * @param recoveringFor nanoseconds for which it had been recovering, negative where it had not
   */
  void adopt(
      AlertState saved,
      long activeFor,
      long recoveringFor,
      long activeAt,
      long firedAt,
      Tick tick) {
    state = saved;
    adopted = true;
    doubts = DOUBTS;
    adoptedAt = tick.now();
    activeSince = tick.now() - activeFor;
    holding = recoveringFor >= 0;
    recoveringSince = tick.now() - Math.max(0, recoveringFor);
    this.activeAt = activeAt;
    this.firedAt = firedAt;
  }

  AlertState state() {
    return state;
  }

  /** What the page of alerts says: it tells missing meters from a condition that does not hold. */
  AlertState shown(RuleTiming timing) {
    if (noData && timing.missing() == MissingPolicy.ERROR) {
      return AlertState.ERROR;
    }
    return noData && state == AlertState.INACTIVE ? AlertState.NO_DATA : state;
  }

  /** Whether the meters were missing at the last evaluation. */
  boolean noData() {
    return noData;
  }

  /** Whether it is from before a restart, and no evaluation has confirmed or ended it yet. */
  boolean adopted() {
    return adopted;
  }

  /** Whether it is pending, firing or recovering. */
  boolean active() {
    return state == AlertState.PENDING || fired();
  }

  /** Whether it is firing or recovering: an incident is open. */
  boolean fired() {
    return state == AlertState.FIRING || state == AlertState.RECOVERING;
  }

  /** For how many nanoseconds it has been active. */
  long activeFor(Tick tick) {
    return tick.now() - activeSince;
  }

  /** For how many nanoseconds it has been recovering; negative where it is not. */
  long recoveringFor(Tick tick) {
    return holding ? tick.now() - recoveringSince : -1;
  }

  /** Milliseconds since 1970, or {@link #NEVER}. */
  long activeAt() {
    return activeAt;
  }

  /** Milliseconds since 1970, or {@link #NEVER}. */
  long firedAt() {
    return firedAt;
  }

  /** Milliseconds since 1970, or {@link #NEVER}. */
  long endedAt() {
    return endedAt;
  }
}
