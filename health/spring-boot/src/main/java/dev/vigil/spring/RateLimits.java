package dev.vigil.spring;

import dev.vigil.core.PathPattern;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.spring.RateLimitProperties.LimitProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Limits out of {@code vigil.ratelimit.*}. */
final class RateLimits {

  private static final String PREFIX = "vigil.ratelimit";

  private RateLimits() {}

  static void check(RateLimitProperties properties, PropertyFaults faults) {
    Map<String, String> byPath = new HashMap<>();
    properties
        .limits()
        .forEach(
            (name, limit) -> {
              String property = PREFIX + ".limits." + name;
              faults.check(property + ".path", () -> PathPattern.of(limit.path()));
              if (limit.permits() == null) {
                faults.add(
                    property + ".permits",
                    "is missing; allowed is a whole number from 1 to 1000000000",
                    null);
              } else {
                faults.check(property, () -> LocalRateLimiter.of(name, of(limit)));
              }
              String other = byPath.putIfAbsent(limit.path(), name);
              if (other != null) {
                faults.add(
                    property + ".path",
                    "was \""
                        + limit.path()
                        + "\", which limit \""
                        + other
                        + "\" has; a path has one",
                    null);
              }
            });
    faults.checkPatterns(PREFIX + ".exempt", properties.exempt());
    String url = properties.redis().url();
    if (url != null && !url.matches("rediss?://[^/\\s]+(/\\d+)?")) {
      faults.refuse(
          PREFIX + ".redis.url", url, "redis://user:password@host:6379/0, or rediss://", null);
    }
  }

  static RateLimit of(LimitProperties limit) {
    return RateLimit.of(Objects.requireNonNull(limit.permits()), limit.window());
  }
}
