package dev.vigil.health.resilience4j;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Degraded while a circuit breaker is open, forced open or half open: the service lives, and does
 * without what the breaker guards. A breaker that is closed, disabled or only counts is healthy.
 *
 * <p>Never unhealthy: taking a service out of traffic because it protects itself would undo the
 * protection. Reads memory only, so it may be registered inline.
 *
 * <pre>{@code
 * registry.register("stripe-breaker", CircuitBreakerCheck.of(breaker));
 * registry.register("breakers", CircuitBreakerCheck.all(circuitBreakerRegistry));
 * }</pre>
 *
 * <p>Data, by the breaker's name: {@code state}, {@code failureRatePercent} and {@code
 * slowCallRatePercent} (from as many calls on as the breaker judges by), {@code bufferedCalls},
 * {@code notPermittedCalls}; of the breakers of a registry those that are not closed first, 20 at
 * most. Immutable and thread-safe.
 */
public final class CircuitBreakerCheck implements HealthCheck {

  private static final int SHOWN = 20;

  private final Supplier<? extends Collection<CircuitBreaker>> breakers;

  private CircuitBreakerCheck(Supplier<? extends Collection<CircuitBreaker>> breakers) {
    this.breakers = breakers;
  }

  /** Watches one breaker. */
  public static CircuitBreakerCheck of(CircuitBreaker breaker) {
    List<CircuitBreaker> one = List.of(breaker);
    return new CircuitBreakerCheck(() -> one);
  }

  /** Watches all breakers of a registry, those that come later too. */
  public static CircuitBreakerCheck all(CircuitBreakerRegistry registry) {
    return new CircuitBreakerCheck(
        Objects.requireNonNull(registry, "registry")::getAllCircuitBreakers);
  }

  @Override
  public HealthResult check(CheckContext context) {
    List<String> why = new ArrayList<>();
    Map<String, Object> open = new LinkedHashMap<>();
    Map<String, Object> rest = new LinkedHashMap<>();
    for (CircuitBreaker breaker : breakers.get()) {
      CircuitBreaker.State state = breaker.getState();
      boolean passes = passes(state);
      if (!passes) {
        why.add(breaker.getName() + " is " + words(state));
      }
      (passes ? rest : open).put(breaker.getName(), facts(breaker, state));
    }
    HealthResult result =
        why.isEmpty()
            ? HealthResult.healthy()
            : HealthResult.degraded(String.join(", ", why.subList(0, Math.min(SHOWN, why.size()))));
    open.putAll(rest);
    int shown = 0;
    for (Map.Entry<String, Object> entry : open.entrySet()) {
      if (shown++ < SHOWN && !entry.getKey().isBlank()) {
        result = result.with(entry.getKey(), entry.getValue());
      }
    }
    return result;
  }

  private static boolean passes(CircuitBreaker.State state) {
    return switch (state) {
      case CLOSED, DISABLED, METRICS_ONLY -> true;
      case OPEN, FORCED_OPEN, HALF_OPEN -> false;
    };
  }

  private static String words(CircuitBreaker.State state) {
    return switch (state) {
      case CLOSED -> "closed";
      case DISABLED -> "disabled";
      case METRICS_ONLY -> "only counting";
      case OPEN -> "open";
      case FORCED_OPEN -> "forced open";
      case HALF_OPEN -> "half open";
    };
  }

  private static Map<String, Object> facts(CircuitBreaker breaker, CircuitBreaker.State state) {
    CircuitBreaker.Metrics metrics = breaker.getMetrics();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("state", words(state));
    // -1 where there have been too few calls to judge by.
    if (metrics.getFailureRate() >= 0) {
      facts.put("failureRatePercent", metrics.getFailureRate());
    }
    if (metrics.getSlowCallRate() >= 0) {
      facts.put("slowCallRatePercent", metrics.getSlowCallRate());
    }
    facts.put("bufferedCalls", metrics.getNumberOfBufferedCalls());
    facts.put("notPermittedCalls", metrics.getNumberOfNotPermittedCalls());
    return facts;
  }
}
