package dev.vigil.health.checks;

import dev.vigil.core.internal.Require;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The time above which a right answer counts as slow; any time is good where there is none. */
record Latency(@Nullable Duration limit) {

  static final Latency ANY = new Latency(null);

  static Latency over(Duration limit) {
    return new Latency(Require.positive("degradedOver", limit));
  }

  /** The result itself, or degraded with the same data where it is healthy but came slowly. */
  HealthResult judge(HealthResult result, Duration took) {
    if (limit == null || result.status() != HealthStatus.HEALTHY || took.compareTo(limit) <= 0) {
      return result;
    }
    HealthResult slow =
        HealthResult.degraded("slow: answered in " + took.toMillis() + " ms, over " + words(limit));
    for (Map.Entry<String, Object> entry : result.data().entrySet()) {
      slow = slow.with(entry.getKey(), entry.getValue());
    }
    return slow;
  }

  /** A duration as people say it: {@code 2 s}, {@code 1500 ms}. */
  static String words(Duration duration) {
    return duration.toMillisPart() == 0 && duration.toSeconds() > 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
