package dev.vigil.ratelimit.micrometer;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A limiter whose decisions are counted: {@code vigil.ratelimit.decisions{limiter, outcome,
 * source}} with outcome {@code allowed}, {@code denied} or {@code shadow_denied} and source {@code
 * shared}, {@code denial_memory}, {@code local}, {@code fail_open} or {@code fail_closed}; and the
 * gauge {@code vigil.ratelimit.available{limiter}}, 1 while the shared store answers, else 0. Keys
 * are never tags.
 *
 * <p>Thread-safe; counting allocates nothing.
 */
public final class MeteredRateLimiter implements RateLimiter {

  private final RateLimiter original;
  private final Map<Decision.Source, Counter> allowed;
  private final Map<Decision.Source, Counter> denied;
  private final Map<Decision.Source, Counter> shadowDenied;

  private MeteredRateLimiter(RateLimiter original, MeterRegistry registry) {
    this.original = original;
    allowed = counters(registry, original.name(), "allowed");
    denied = counters(registry, original.name(), "denied");
    shadowDenied = counters(registry, original.name(), "shadow_denied");
    Gauge.builder("vigil.ratelimit.available", original, limiter -> limiter.available() ? 1 : 0)
        .description("Whether the shared store of a rate limiter answers")
        .tag("limiter", original.name())
        .strongReference(true)
        .register(registry);
  }

  /** The same limiter, counted in a registry. */
  public static MeteredRateLimiter of(RateLimiter limiter, MeterRegistry registry) {
    return new MeteredRateLimiter(
        Objects.requireNonNull(limiter, "limiter"), Objects.requireNonNull(registry, "registry"));
  }

  private static Map<Decision.Source, Counter> counters(
      MeterRegistry registry, String limiter, String outcome) {
    Map<Decision.Source, Counter> counters = new EnumMap<>(Decision.Source.class);
    for (Decision.Source source : Decision.Source.values()) {
      counters.put(
          source,
          Counter.builder("vigil.ratelimit.decisions")
              .description("Decisions of a rate limiter")
              .tag("limiter", limiter)
              .tag("outcome", outcome)
              .tag("source", source.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return counters;
  }

  private Decision counted(Decision decision) {
    Map<Decision.Source, Counter> counters =
        decision.shadowed() ? shadowDenied : decision.allowed() ? allowed : denied;
    Objects.requireNonNull(counters.get(decision.source())).increment();
    return decision;
  }

  @Override
  public String name() {
    return original.name();
  }

  @Override
  public Plan plan(String key) {
    return original.plan(key);
  }

  @Override
  public Decision tryAcquire(String key, int permits) {
    return counted(original.tryAcquire(key, permits));
  }

  @Override
  public CompletableFuture<Decision> tryAcquireAsync(String key, int permits) {
    return original.tryAcquireAsync(key, permits).thenApply(this::counted);
  }

  @Override
  public Decision peek(String key) {
    return original.peek(key);
  }

  @Override
  public boolean available() {
    return original.available();
  }
}
