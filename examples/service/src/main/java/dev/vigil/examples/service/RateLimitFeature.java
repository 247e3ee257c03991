package dev.vigil.examples.service;

import dev.vigil.core.Secret;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.RateLimiter;
import dev.vigil.ratelimit.http.ClientKey;
import dev.vigil.ratelimit.http.RateLimitPolicy;
import dev.vigil.ratelimit.micrometer.MeteredRateLimiter;
import dev.vigil.ratelimit.redis.RedisRateLimiter;
import dev.vigil.ratelimit.servlet.RateLimitFilter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/**
 * {@code /api/*}: so many requests a minute, counted in Redis, for each client by the token that it
 * presents or by its address. The profile says how many, {@code RATE_LIMIT} says otherwise.
 */
final class RateLimitFeature implements Feature, AutoCloseable {

  private static final String BEARER = "Bearer ";

  private final RedisRateLimiter limiter;
  private final RateLimitPolicy policy;

  RateLimitFeature(Settings settings, CacheServer cache, MeterRegistry meters) {
    limiter =
        RedisRateLimiter.builder(
                "api", cache.target(), RateLimit.perMinute(settings.requestsPerMinute()))
            .build();
    Secret token = settings.adminToken();
    policy =
        RateLimitPolicy.builder(
                // An identity only where it is the right one: an invented token is no client of its
                // own.
                ClientKey.header("Authorization", value -> isToken(value, token))
                    .orElse(ClientKey.address(settings.trustedProxies())))
            .limit("/api/*", MeteredRateLimiter.of(limiter, meters))
            .build();
  }

  private static boolean isToken(String authorization, Secret token) {
    return authorization.startsWith(BEARER)
        && token.matches(authorization.substring(BEARER.length()));
  }

  RateLimiter limiter() {
    return limiter;
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addFilter(
        new FilterHolder(new RateLimitFilter(policy)), "/*", EnumSet.of(DispatcherType.REQUEST));
  }

  @Override
  public void close() {
    limiter.close();
  }
}
