package dev.vigil.spring;

import dev.vigil.health.CheckOptions;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.Importance;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.health.checks.<name>.*}; what is not set is the check's own, or the default.
 *
 * @param enabled Whether the check is registered.
 * @param timeout When a run counts as failed.
 * @param every Runs the check by itself, so often.
 * @param cacheFor How long a result serves those who ask.
 * @param importance What its failure means for the whole.
 * @param groups Groups that the check is in, "readiness" for example.
 * @param failureThreshold How many runs in a row must fail before it counts.
 * @param successThreshold How many runs in a row must pass before it counts as well again.
 */
record CheckProperties(
    @DefaultValue("true") boolean enabled,
    @Within(least = "10ms", most = "5m") @Nullable Duration timeout,
    @Within(least = "10ms", most = "7d") @Nullable Duration every,
    @Within(least = "0s", most = "7d") @Nullable Duration cacheFor,
    @Nullable Importance importance,
    @DefaultValue List<String> groups,
    @Within(least = "1", most = "1000") @DefaultValue("1") int failureThreshold,
    @Within(least = "1", most = "1000") @DefaultValue("1") int successThreshold) {

  void applyTo(CheckOptions options) {
    if (timeout != null) {
      options.timeout(timeout);
    }
    if (every != null) {
      options.every(every);
    }
    if (cacheFor != null) {
      options.cacheFor(cacheFor);
    }
    if (importance == Importance.NOT_CRITICAL) {
      options.notCritical();
    } else if (importance == Importance.INFORMATIONAL) {
      options.informational();
    }
    groups.forEach(group -> options.group(HealthGroup.of(group)));
    options.failureThreshold(failureThreshold).successThreshold(successThreshold);
  }
}
