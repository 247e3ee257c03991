package dev.vigil.health.resilience4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.FakeContext;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CircuitBreakerCheckTest {

  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "stripe",
          CircuitBreakerConfig.custom().slidingWindowSize(4).minimumNumberOfCalls(4).build());

  @Test
  void isHealthyWhileClosedAndShowsNoRateBeforeThereIsOne() {
    HealthResult result = run(CircuitBreakerCheck.of(breaker));

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat((Map<?, ?>) result.data().get("stripe"))
        .isEqualTo(Map.of("state", "closed", "bufferedCalls", 0, "notPermittedCalls", 0L));
  }

  @Test
  void isDegradedOnceFailuresHaveOpenedIt() {
    for (int i = 0; i < 4; i++) {
      try {
        breaker.executeRunnable(
            () -> {
              throw new IllegalStateException("down");
            });
      } catch (IllegalStateException expected) {
        // What the breaker counts.
      }
    }

    HealthResult result = run(CircuitBreakerCheck.of(breaker));

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).isEqualTo("stripe is open");
    assertThat(((Map<?, ?>) result.data().get("stripe")).get("failureRatePercent")).isEqualTo(100f);
  }

  @Test
  void knowsEveryState() {
    breaker.transitionToForcedOpenState();
    assertThat(run(CircuitBreakerCheck.of(breaker)).message()).isEqualTo("stripe is forced open");
    breaker.transitionToOpenState();
    breaker.transitionToHalfOpenState();
    assertThat(run(CircuitBreakerCheck.of(breaker)).message()).isEqualTo("stripe is half open");
    breaker.transitionToDisabledState();
    assertThat(run(CircuitBreakerCheck.of(breaker)).status()).isEqualTo(HealthStatus.HEALTHY);
    breaker.transitionToMetricsOnlyState();
    assertThat(run(CircuitBreakerCheck.of(breaker)).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void watchesAllOfARegistryThoseThatComeLaterToo() {
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    CircuitBreakerCheck check = CircuitBreakerCheck.all(registry);
    assertThat(run(check).data()).isEmpty();

    registry.circuitBreaker("fine");
    registry.circuitBreaker("broken").transitionToOpenState();

    HealthResult result = run(check);
    assertThat(result.message()).isEqualTo("broken is open");
    assertThat(result.data().keySet()).containsExactly("broken", "fine");
  }

  private static HealthResult run(CircuitBreakerCheck check) {
    return check.check(FakeContext.tenSeconds());
  }
}
