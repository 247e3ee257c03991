package dev.vigil.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs that begin together, so that the threads for them are woken once. Not thread-safe. */
final class Batch {

  private final List<Run> runs = new ArrayList<>();
  private boolean quick = true;

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
}
