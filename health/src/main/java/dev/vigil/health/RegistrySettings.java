package dev.vigil.health;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What holds for a registry's answers as a whole. Durations are nanoseconds. */
record RegistrySettings(
    @Nullable String version,
    long startTick,
    @Nullable Long wholeDeadline,
    Map<HealthGroup, Long> groupDeadlines,
    long lastResultStands) {

  /**
   * Kubernetes gives a probe 1 s unless told otherwise; the rest is for the network and the
   * container.
   */
  static final long PROBE_DEADLINE = TimeUnit.MILLISECONDS.toNanos(800);

  /** What an answer may take beyond the slowest check's time-out. */
  static final long GRACE = TimeUnit.MILLISECONDS.toNanos(250);

  private static final Set<HealthGroup> PROBED =
      Set.of(HealthGroup.LIVENESS, HealthGroup.READINESS, HealthGroup.STARTUP);

  long responseDeadline(@Nullable HealthGroup group, long longestTimeout) {
    Long own = group == null ? wholeDeadline : groupDeadlines.get(group);
    if (own != null) {
      return own;
    }
    return group != null && PROBED.contains(group) ? PROBE_DEADLINE : longestTimeout + GRACE;
  }
}
