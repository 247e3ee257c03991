package dev.vigil.ratelimit;

import java.util.concurrent.CompletableFuture;

/**
 * Admits so many requests per window and key.
 *
 * <pre>{@code
 * RateLimiter limiter = LocalRateLimiter.of("login", RateLimit.perMinute(5));
 * Decision decision = limiter.tryAcquire(userName);
 * if (!decision.allowed()) {
 *   throw new TooManyAttempts(decision.retryAfter());
 * }
 * }</pre>
 *
 * <p>A key names whom the limit is for: an address, a user. It may be any text; what is long or odd
 * is hashed before it is kept or sent. A denied request consumes nothing.
 *
 * <p>Implementations are thread-safe, throw nothing when their store is unwell, and answer within a
 * time that they state.
 */
public interface RateLimiter {

  /**
   * The name in headers, meters, logs and stored keys: letters, digits, {@code . _ -}, up to 64.
   */
  String name();

  /** The limits that hold for a key. */
  Plan plan(String key);

  /** Asks for one permit. */
  default Decision tryAcquire(String key) {
    return tryAcquire(key, 1);
  }

  /**
   * Asks for permits, all or none.
   *
   * @param permits 1 or more; more than the limit is always denied
   * @throws IllegalArgumentException if {@code permits} is below 1
   */
  Decision tryAcquire(String key, int permits);

  /** Asks for one permit without waiting for the answer. */
  default CompletableFuture<Decision> tryAcquireAsync(String key) {
    return tryAcquireAsync(key, 1);
  }

  /**
   * Asks for permits, all or none, without waiting for the answer. The future never completes
   * exceptionally; what depends on it may run on a thread of the limiter and must not block there.
   *
   * @param permits 1 or more
   * @throws IllegalArgumentException if {@code permits} is below 1
   */
  CompletableFuture<Decision> tryAcquireAsync(String key, int permits);

  /** What {@link #tryAcquire(String)} would answer now, without taking the permit. */
  Decision peek(String key);

  /** Whether the store that instances share answers at present; true for one that needs none. */
  default boolean available() {
    return true;
  }

  /**
   * The same limiter in shadow mode: it counts, and lets everyone through. {@link
   * Decision#shadowed()} tells whom it would have denied; denials because the store is unwell are
   * let through as well.
   */
  default RateLimiter shadow() {
    return new ShadowRateLimiter(this);
  }
}
