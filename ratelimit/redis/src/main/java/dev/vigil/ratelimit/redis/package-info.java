/**
 * Rate limiting across all instances of a service, on Redis, Redis Cluster, Sentinel or Valkey.
 *
 * <p>Start at {@link dev.vigil.ratelimit.redis.RedisRateLimiter}.
 */
@NullMarked
package dev.vigil.ratelimit.redis;

import org.jspecify.annotations.NullMarked;
