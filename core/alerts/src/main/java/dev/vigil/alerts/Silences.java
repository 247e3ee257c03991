package dev.vigil.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The silences there are. Their ends are measured, not read from the calendar: a clock that is set
 * ends none. Thread-safe.
 */
final class Silences {

  /** As many silences as anyone can oversee; who needs more wants fewer rules. */
  static final int MOST = 1_000;

  private record Running(Silence silence, long endNanos) {}

  private volatile List<Running> running = List.of();
  private final AtomicLong version = new AtomicLong();

  /**
   * Begins one.
   *
   * @param endNanos when it ends, by the monotonic clock
   */
  synchronized void add(Silence silence, long endNanos) {
    if (running.size() >= MOST) {
      throw new IllegalStateException(
          "there are " + MOST + " silences already; end some, or use fewer labels in one");
    }
    List<Running> next = new ArrayList<>(running);
    next.add(new Running(silence, endNanos));
    replace(next);
  }

  private void replace(List<Running> next) {
    running = List.copyOf(next);
    version.incrementAndGet();
  }

  /** Changes with {@link #all}. */
  long version() {
    return version.get();
  }

  /** Ends one at the next evaluation; answers whether there was one. */
  synchronized boolean end(String id, long nowNanos) {
    List<Running> next = new ArrayList<>();
    boolean found = false;
    for (Running each : running) {
      boolean it = each.silence().id().equals(id);
      found |= it;
      next.add(it ? new Running(each.silence(), nowNanos) : each);
    }
    replace(next);
    return found;
  }

  /** Takes out those that are over. */
  List<Silence> takeEnded(long nowNanos) {
    if (running.isEmpty()) {
      return List.of(); // most evaluations, which allocate nothing
    }
    Predicate<Running> over = each -> each.endNanos() - nowNanos <= 0;
    if (running.stream().noneMatch(over)) {
      return List.of();
    }
    synchronized (this) {
      List<Silence> ended = running.stream().filter(over).map(Running::silence).toList();
      replace(running.stream().filter(over.negate()).toList());
      return ended;
    }
  }

  /** Whether one that is not over is meant for this alert. */
  boolean silenced(Alert alert) {
    for (Running each : running) {
      if (each.silence().matches(alert)) {
        return true;
      }
    }
    return false;
  }

  List<Silence> all() {
    return running.stream().map(Running::silence).toList();
  }
}
