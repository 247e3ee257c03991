package dev.vigil.spring;

import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.RateLimiter;

/** Makes the limiters: counting in this JVM, or in what all instances share. */
@FunctionalInterface
interface LimiterSource {

  RateLimiter limiter(String name, RateLimit limit);
}
