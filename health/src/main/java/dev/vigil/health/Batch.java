package dev.vigil.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs that begin together: filled by one thread, then handed over, and claimed one by one by
 * whichever threads are free. The hand-over costs one entry in a queue, whatever the number of
 * runs.
 */
final class Batch {

  private final List<Run> runs = new ArrayList<>();
  private final AtomicInteger claimed = new AtomicInteger();
  private boolean quick = true;

  // Before the hand-over

  void add(Run run) {
    runs.add(run);
    quick &= run.quick();
  }

  /** Whether that run was the last to be added. */
  boolean endsWith(Run run) {
    return !runs.isEmpty() && runs.get(runs.size() - 1) == run;
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  void forEach(Consumer<Run> action) {
    runs.forEach(action);
  }

  /** Whether all are expected back before a waiting thread would be asleep. */
  boolean quick() {
    return quick;
  }

  /** The first time-out among them. */
  long earliestDeadline() {
    long earliest = runs.get(0).deadline();
    for (int i = 1; i < runs.size(); i++) {
      long deadline = runs.get(i).deadline();
      if (deadline - earliest < 0) {
        earliest = deadline;
      }
    }
    return earliest;
  }

  // After it

  /** The next run that nobody executes yet; null when there is none. */
  @Nullable Run claim() {
    int next = claimed.getAndIncrement();
    return next < runs.size() ? runs.get(next) : null;
  }

  /** How many have been claimed, or were asked for in vain. */
  int claimed() {
    return claimed.get();
  }

  /** How many nobody executes yet. */
  int left() {
    return Math.max(0, runs.size() - claimed.get());
  }
}
