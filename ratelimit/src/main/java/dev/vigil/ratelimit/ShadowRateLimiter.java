package dev.vigil.ratelimit;

import java.util.concurrent.CompletableFuture;

/** Counts as its original does, and denies no one. */
record ShadowRateLimiter(RateLimiter original) implements RateLimiter {

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
    return original.tryAcquire(key, permits).inShadow();
  }

  @Override
  public CompletableFuture<Decision> tryAcquireAsync(String key, int permits) {
    return original.tryAcquireAsync(key, permits).thenApply(Decision::inShadow);
  }

  @Override
  public Decision peek(String key) {
    return original.peek(key).inShadow();
  }

  @Override
  public boolean available() {
    return original.available();
  }

  @Override
  public RateLimiter shadow() {
    return this;
  }
}
