package dev.vigil.spring;

import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.RateLimiter;
import dev.vigil.ratelimit.redis.RedisRateLimiter;
import dev.vigil.ratelimit.redis.RedisTarget;
import dev.vigil.ratelimit.redis.WhenUnavailable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes limiters that count in Redis, and closes them. */
final class RedisLimiters implements LimiterSource, AutoCloseable {

  private final RedisTarget target;
  private final RateLimitProperties.RedisProperties properties;
  private final List<RedisRateLimiter> open = new CopyOnWriteArrayList<>();

  RedisLimiters(RedisTarget target, RateLimitProperties.RedisProperties properties) {
    this.target = target;
    this.properties = properties;
  }

  @Override
  public RateLimiter limiter(String name, RateLimit limit) {
    RedisRateLimiter.Builder builder =
        RedisRateLimiter.builder(name, target, limit)
            .whenUnavailable(WhenUnavailable.valueOf(properties.whenUnavailable().name()))
            .decisionTimeout(properties.timeout());
    if (properties.nodes() != null) {
      builder.nodes(properties.nodes());
    }
    RedisRateLimiter limiter = builder.build();
    open.add(limiter);
    return limiter;
  }

  @Override
  public void close() {
    open.forEach(RedisRateLimiter::close);
  }
}
