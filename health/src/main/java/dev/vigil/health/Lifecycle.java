package dev.vigil.health;

import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's own say, whatever its checks find: not started yet, draining, in maintenance,
 * closed. Shown as the built-in check {@value #NAME}.
 */
final class Lifecycle {

  static final String NAME = "lifecycle";

  private static final CheckPolicy POLICY =
      new CheckPolicy(
          NAME, Importance.CRITICAL, Set.of(), Set.of(), List.of(), 1, 0, null, 1, 1, true, false);

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  private final Engine engine;
  private volatile Phase phase;

  /** All of it at one moment. */
  private record Phase(
      boolean started,
      @Nullable String draining,
      @Nullable String maintenance,
      boolean closed,
      long sinceTick,
      long sinceMillis) {}

  Lifecycle(Engine engine) {
    this.engine = engine;
    this.phase =
        new Phase(false, null, null, false, engine.ticker.read(), engine.wallClock.millis());
  }

  synchronized void started() {
    if (!phase.started) {
      become(true, phase.draining, phase.maintenance, phase.closed);
      log.info("started: readiness follows its checks from here on");
    }
  }

  synchronized void drain(String reason) {
    if (phase.draining == null) {
      become(phase.started, reason, phase.maintenance, phase.closed);
      log.info("draining: {}", reason);
    }
  }

  synchronized void maintenance(boolean on, String reason) {
    if (on || phase.maintenance != null) {
      become(phase.started, phase.draining, on ? reason : null, phase.closed);
      log.info("maintenance {}: {}", on ? "on" : "off", reason);
    }
  }

  synchronized void closed() {
    become(phase.started, phase.draining, phase.maintenance, true);
  }

  private void become(
      boolean started, @Nullable String draining, @Nullable String maintenance, boolean closed) {
    phase =
        new Phase(
            started,
            draining,
            maintenance,
            closed,
            engine.ticker.read(),
            engine.wallClock.millis());
    engine.changed();
  }

  boolean isStarted() {
    return phase.started;
  }

  /** Whether it has started; it has once all startup checks, if there are any, have passed. */
  boolean isStarted(CheckSlot[] startup) {
    if (phase.started) {
      return true;
    }
    if (startup.length == 0) {
      return false;
    }
    for (CheckSlot slot : startup) {
      if (!slot.record().passed()) {
        return false;
      }
    }
    started();
    return true;
  }

  /** Why a group, or the whole, is unhealthy whatever its checks say; null if it is not. */
  @Nullable String objection(@Nullable HealthGroup group, CheckSlot[] startup) {
    Phase now = phase;
    boolean traffic = group == null || group.equals(HealthGroup.READINESS);
    boolean start = HealthGroup.READINESS.equals(group) || HealthGroup.STARTUP.equals(group);
    if (traffic && now.closed) {
      return "closed";
    }
    if (traffic && now.draining != null) {
      return "draining: " + now.draining;
    }
    if (traffic && now.maintenance != null) {
      return "in maintenance: " + now.maintenance;
    }
    return start && !isStarted(startup) ? starting(startup) : null;
  }

  private static String starting(CheckSlot[] startup) {
    if (startup.length == 0) {
      return "starting: waits for HealthRegistry.started()";
    }
    StringJoiner missing = new StringJoiner(", ", "starting: waits for ", " to pass once");
    for (CheckSlot slot : startup) {
      if (!slot.record().passed()) {
        missing.add(slot.policy().name());
      }
    }
    return missing.toString();
  }

  /** The built-in check as it stands in a report. */
  CheckReport report(@Nullable String objection) {
    Phase now = phase;
    HealthResult result =
        objection == null ? HealthResult.healthy() : HealthResult.unhealthy(objection);
    CheckState state =
        new CheckState(
            result,
            result.status(),
            0,
            0,
            now.sinceTick,
            engine.wallClock.millis(),
            now.sinceMillis,
            0,
            0,
            false,
            List.of(),
            null);
    return new CheckReport(POLICY, state, result.status(), null, CheckReport.Flag.NONE);
  }
}
