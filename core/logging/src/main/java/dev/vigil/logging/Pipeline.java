package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** The way of a line: made on the thread that logs, queued, written by a thread of its own. */
final class Pipeline {

  static final int PLACES = 8_192;
  static final int RESERVED = 1_024;

  /** A receiver that hangs must not keep an application from stopping. */
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final LoggerContext context;
  private final Lines lines;
  private final List<LineSink> sinks;
  private final LineQueue queue;
  private final LineWriter writer;
  private final DropCounts drops = new DropCounts();
  private final LevelChanges levels;
  private final @Nullable RepeatGuard guard;

  Pipeline(
      LoggerContext context,
      Settings settings,
      List<LineSink> sinks,
      LineQueue queue,
      Consumer<Throwable> failures) {
    this.context = context;
    this.sinks = sinks;
    this.queue = queue;
    lines = new Lines(settings);
    levels = new LevelChanges(settings.ticker());
    guard =
        settings.repeatLimit() == 0
            ? null
            : new RepeatGuard(settings.repeatLimit(), settings.ticker());
    writer = new LineWriter(queue, sinks, this::chores, failures, settings.ticker());
    writer.start();
  }

  void append(ILoggingEvent event) {
    Level level = event.getLevel();
    LineQueue.Worth worth = worth(event, level);
    if (guard != null
        && worth == LineQueue.Worth.ORDINARY
        && !guard.admits(level, event.getLoggerName(), String.valueOf(event.getMessage()))) {
      return;
    }
    LineQueue.Place place = queue.enter(worth, !writer.isCurrentThread());
    if (place == null) {
      drops.add(level);
      return;
    }
    Line line = null;
    try {
      line = lines.of(event);
    } finally {
      if (line == null) {
        queue.leave(place); // out of memory
      }
    }
    queue.put(place, line);
    writer.afterPut();
  }

  private static LineQueue.Worth worth(ILoggingEvent event, Level level) {
    List<Marker> markers = event.getMarkerList();
    if (markers != null) {
      for (int i = 0; i < markers.size(); i++) {
        if (markers.get(i).contains(AuditFilter.MARKER)) {
          return LineQueue.Worth.INDISPENSABLE;
        }
      }
    }
    return level.toInt() >= Level.WARN_INT ? LineQueue.Worth.IMPORTANT : LineQueue.Worth.ORDINARY;
  }

  /** What the log says of itself. */
  private void chores() {
    levels.revertDue();
    if (guard != null) {
      guard.summary().forEach(sentence -> writer.write(own(Level.INFO, sentence)));
    }
    tellDrops();
  }

  private void tellDrops() {
    if (queue.hasRoom()) {
      String news = drops.news();
      if (!news.isEmpty()) {
        writer.write(
            own(Level.WARN, "dropped log lines, since they came faster than written: " + news));
      }
    }
  }

  /** Queues a line of the log's own. */
  void say(Level level, String text) {
    LineQueue.Place place = queue.enter(LineQueue.Worth.IMPORTANT, false);
    if (place != null) {
      queue.put(place, own(level, text));
      writer.afterPut();
    }
  }

  private Line own(Level level, String text) {
    var logger = context.getLogger("vigil.lifecycle");
    return lines.of(new LoggingEvent(Pipeline.class.getName(), logger, level, text, null, null));
  }

  DropCounts drops() {
    return drops;
  }

  LevelChanges levels() {
    return levels;
  }

  /**
   * Writes what is queued. Later lines are written by whoever logs them.
   *
   * @return whether all was written within five seconds
   */
  boolean flushAndEnd() {
    levels.revertAll();
    boolean all = writer.close(LONGEST_CLOSE);
    if (all) {
      tellDrops();
    }
    return all;
  }

  /** Sends what still waits to be shipped. */
  void ship() {
    for (LineSink sink : sinks) {
      if (sink instanceof DatadogShipper shipper) {
        shipper.close();
      }
    }
  }

  void closeSinks() {
    sinks.forEach(LineSink::close);
  }
}
