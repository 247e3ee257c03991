/**
 * Rate limiting: so many permits per fixed window and key.
 *
 * <p>Start at {@link dev.vigil.ratelimit.RateLimiter}. {@link dev.vigil.ratelimit.LocalRateLimiter}
 * counts in one JVM; {@code RedisRateLimiter} of the artifact {@code vigil-ratelimit-redis} counts
 * across all instances. Filters for HTTP are in {@code dev.vigil.ratelimit.http} and {@code
 * dev.vigil.ratelimit.servlet}, meters in {@code dev.vigil.ratelimit.micrometer}.
 */
@NullMarked
package dev.vigil.ratelimit;

import org.jspecify.annotations.NullMarked;
