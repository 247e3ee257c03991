package dev.vigil.logging;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.event.Level;

/** How many lines of each level were dropped. Thread-safe. */
final class DropCounts {

  private final Map<Level, LongAdder> counts = new EnumMap<>(Level.class);
  private final Map<Level, Long> told = new EnumMap<>(Level.class); // guarded by this

  DropCounts() {
    for (Level level : Level.values()) {
      counts.put(level, new LongAdder());
    }
  }

  void add(ch.qos.logback.classic.Level level) {
    Objects.requireNonNull(counts.get(slf4j(level))).increment();
  }

  long of(Level level) {
    return Objects.requireNonNull(counts.get(level)).sum();
  }

  /** What was dropped since the last time, for people; empty where nothing was. */
  synchronized String news() {
    StringBuilder news = new StringBuilder();
    counts.forEach(
        (level, count) -> {
          long now = count.sum();
          long since = now - told.getOrDefault(level, 0L);
          if (since > 0) {
            news.append(news.isEmpty() ? "" : ", ").append(since).append(' ').append(level);
            told.put(level, now);
          }
        });
    return news.toString();
  }

  private static Level slf4j(ch.qos.logback.classic.Level level) {
    int number = level.toInt();
    if (number >= ch.qos.logback.classic.Level.ERROR_INT) {
      return Level.ERROR;
    }
    if (number >= ch.qos.logback.classic.Level.WARN_INT) {
      return Level.WARN;
    }
    if (number >= ch.qos.logback.classic.Level.INFO_INT) {
      return Level.INFO;
    }
    return number >= ch.qos.logback.classic.Level.DEBUG_INT ? Level.DEBUG : Level.TRACE;
  }
}
