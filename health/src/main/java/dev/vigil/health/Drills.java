package dev.vigil.health;

import dev.vigil.core.internal.Quoted;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drills under way: what reports say of a check whatever it finds. The checks themselves run on and
 * know nothing of it. Thread-safe.
 */
final class Drills {

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  private final Engine engine;
  private final Function<String, @Nullable CheckSlot> slots;
  private volatile Map<String, Drill> underWay = Map.of();

  /** One drill; {@code words} are for people. */
  record Drill(HealthStatus status, long endTick, boolean readinessToo, String words) {}

  Drills(Engine engine, Function<String, @Nullable CheckSlot> slots) {
    this.engine = engine;
    this.slots = slots;
  }

  /** Begins one, in place of one that the check may have. */
  void begin(CheckSlot slot, HealthStatus status, long length, String who, boolean readinessToo) {
    Instant end = engine.wallClock.instant().plusNanos(length);
    String words = "DRILL by " + Quoted.of(who) + " until " + end + ": said to be " + status.word();
    Drill earlier = underWay.get(slot.policy().name());
    HealthStatus before = earlier == null ? found(slot) : earlier.status;
    Drill drill = new Drill(status, engine.ticker.read() + length, readinessToo, words);
    put(slot.policy().name(), drill);
    log.info("check \"{}\": {}", slot.policy().name(), words);
    tell(slot, before, status, words);
    engine.timer.wakeBy(drill.endTick);
  }

  /** Ends one before its time; whether there was one. */
  boolean end(String check, String why) {
    Drill over = underWay.get(check);
    return over != null && end(check, over, why);
  }

  private boolean end(String check, Drill over, String why) {
    if (!remove(check, over)) {
      return false; // another one has taken its place meanwhile
    }
    log.info("check \"{}\": DRILL over, {}", check, why);
    CheckSlot slot = slots.apply(check);
    HealthStatus found = slot == null ? null : found(slot);
    if (slot != null && found != null) {
      tell(slot, over.status, found, "DRILL over, " + why);
    }
    return true;
  }

  /** What a group, or the whole, should say of a check instead; null for what is found. */
  @Nullable Drill of(String check, @Nullable HealthGroup group, long now) {
    Drill drill = underWay.get(check);
    if (drill == null || now - drill.endTick >= 0 || HealthGroup.LIVENESS.equals(group)) {
      return null; // nothing that a drill says is worth a restart
    }
    boolean traffic = HealthGroup.READINESS.equals(group) || HealthGroup.STARTUP.equals(group);
    return traffic && !drill.readinessToo ? null : drill;
  }

  /** Ends what is over; returns when to be called again at the latest. */
  long tick(long now) {
    long next = now + DeadlineTimer.FAR;
    for (Map.Entry<String, Drill> entry : underWay.entrySet()) {
      long end = entry.getValue().endTick;
      if (now - end >= 0) {
        end(entry.getKey(), entry.getValue(), "its time is up");
      } else if (end - next < 0) {
        next = end;
      }
    }
    return next;
  }

  private synchronized void put(String check, Drill drill) {
    Map<String, Drill> next = new LinkedHashMap<>(underWay);
    next.put(check, drill);
    underWay = Map.copyOf(next);
    engine.changed();
  }

  private synchronized boolean remove(String check, Drill over) {
    Map<String, Drill> next = new LinkedHashMap<>(underWay);
    boolean removed = next.remove(check, over);
    underWay = Map.copyOf(next);
    engine.changed();
    return removed;
  }

  /** What the check has found, thresholds and all; null before its first result. */
  private static @Nullable HealthStatus found(CheckSlot slot) {
    CheckState state = slot.state();
    return state.isPending() ? null : state.status();
  }

  private void tell(CheckSlot slot, @Nullable HealthStatus from, HealthStatus to, String words) {
    if (from != to) {
      slot.record()
          .tell(
              new HealthChange(slot.policy().name(), from, to, engine.wallClock.instant(), words));
    }
  }
}
