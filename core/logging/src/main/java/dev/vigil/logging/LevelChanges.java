package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.vigil.core.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Levels that are changed for a time. Thread-safe. */
final class LevelChanges {

  /** The level before the first change, to which the last one reverts. */
  private record Change(@Nullable Level before, long start, long nanos) {}

  private final Ticker ticker;
  private final Map<Logger, Change> changes = new HashMap<>();

  LevelChanges(Ticker ticker) {
    this.ticker = ticker;
  }

  synchronized void change(Logger logger, Level level, Duration time) {
    Change earlier = changes.get(logger);
    Level before = earlier == null ? logger.getLevel() : earlier.before();
    changes.put(logger, new Change(before, ticker.read(), time.toNanos()));
    logger.setLevel(level);
  }

  /** Reverts those whose time is over. */
  synchronized void revertDue() {
    long now = ticker.read();
    for (Iterator<Map.Entry<Logger, Change>> all = changes.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Logger, Change> entry = all.next();
      Change change = entry.getValue();
      if (now - change.start() >= change.nanos()) {
        entry.getKey().setLevel(change.before());
        all.remove();
      }
    }
  }

  synchronized void revertAll() {
    changes.forEach((logger, change) -> logger.setLevel(change.before()));
    changes.clear();
  }
}
