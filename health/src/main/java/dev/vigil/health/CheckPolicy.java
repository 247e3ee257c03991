package dev.vigil.health;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one check is run and judged: its options, checked and frozen. Durations are nanoseconds. */
record CheckPolicy(
    String name,
    Importance importance,
    Set<HealthGroup> groups,
    Set<String> tags,
    List<String> parents,
    long timeout,
    long cacheFor,
    @Nullable Schedule schedule,
    int failureThreshold,
    int successThreshold,
    boolean inline,
    boolean interrupting) {

  boolean scheduled() {
    return schedule != null;
  }

  boolean in(HealthGroup group) {
    return groups.contains(group);
  }
}
