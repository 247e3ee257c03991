package dev.vigil.ratelimit.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimit;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeteredRateLimiterTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private double count(String outcome) {
    return registry
        .get("vigil.ratelimit.decisions")
        .tags("limiter", "api", "outcome", outcome, "source", "local")
        .counter()
        .count();
  }

  @Test
  void countsDecisionsByOutcomeAndSource() {
    var limiter = MeteredRateLimiter.of(LocalRateLimiter.of("api", RateLimit.perHour(2)), registry);
    limiter.tryAcquire("u");
    limiter.tryAcquireAsync("u").join();
    limiter.tryAcquire("u");
    limiter.peek("u");

    assertThat(count("allowed")).isEqualTo(2);
    assertThat(count("denied")).isEqualTo(1);
    assertThat(registry.get("vigil.ratelimit.available").gauge().value()).isEqualTo(1);
  }

  @Test
  void countsWhatShadowModeLetsThrough() {
    var limiter =
        MeteredRateLimiter.of(LocalRateLimiter.of("api", RateLimit.perHour(1)).shadow(), registry);
    limiter.tryAcquire("u");
    limiter.tryAcquire("u");

    assertThat(count("shadow_denied")).isEqualTo(1);
    assertThat(count("denied")).isZero();
  }

  @Test
  void tagsNothingByKey() {
    var limiter = MeteredRateLimiter.of(LocalRateLimiter.of("api", RateLimit.perHour(1)), registry);
    for (int i = 0; i < 1_000; i++) {
      limiter.tryAcquire("user-" + i);
    }

    assertThat(registry.getMeters()).hasSize(16);
    assertThat(registry.getMeters().stream().map(Meter::getId))
        .allMatch(
            id ->
                id.getTags().stream()
                    .allMatch(
                        tag -> Set.of("limiter", "outcome", "source").contains(tag.getKey())));
  }
}
