package dev.vigil.spring;

import dev.vigil.ratelimit.RateLimiter;
import java.util.List;

/** The limiters of the properties. */
record RateLimiters(List<Limited> limited) {

  /** A limiter and the path pattern that it is for. */
  record Limited(String path, RateLimiter limiter) {}
}
