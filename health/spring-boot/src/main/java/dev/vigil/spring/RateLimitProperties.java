package dev.vigil.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.ratelimit.*}; with vigil-ratelimit on the class path.
 *
 * @param enabled Whether there is a rate limit filter, provided that there are limits.
 * @param limits Limits by a name of your choice, which headers and meters show.
 * @param key Whom a request is counted for: the client's address, or the signed-in user where there
 *     is one (the filter then comes after Spring Security's).
 * @param exempt Path patterns that are never limited. By default the health endpoint.
 * @param legacyHeaders Adds X-RateLimit-Limit, -Remaining and -Reset.
 * @param shadow Counts and refuses nobody.
 */
record RateLimitProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue Map<String, LimitProperties> limits,
    @DefaultValue("address") Key key,
    @Nullable List<String> exempt,
    @DefaultValue("false") boolean legacyHeaders,
    @DefaultValue("false") boolean shadow,
    @DefaultValue RedisProperties redis) {

  enum Key {
    ADDRESS,
    USER
  }

  enum WhenUnavailable {
    LOCAL,
    ALLOW,
    DENY
  }

  /**
   * A limit.
   *
   * @param path The paths that it holds for: exact, "/api/*", "*.css"; of several the most
   *     specific.
   * @param permits Requests per window and client; required.
   * @param window How long a window is.
   */
  record LimitProperties(
      @DefaultValue("/*") String path,
      @Within(least = "1", most = "1000000000") @Nullable Integer permits,
      @Within(least = "10ms", most = "31d") @DefaultValue("1m") Duration window) {}

  /**
   * Counting across instances; with vigil-ratelimit-redis on the class path.
   *
   * @param enabled Whether to count in Redis where there is one to count in.
   * @param url The server, for example redis://user:password@host:6379/0, or rediss:// for TLS. By
   *     default a UnifiedJedis bean is used, else spring.data.redis.* where it is set up for Redis.
   * @param nodes Instances of this service, for the time without Redis.
   * @param whenUnavailable What is answered while Redis does not: each instance's own share,
   *     everyone let through, everyone refused.
   * @param timeout How long a decision may take.
   */
  record RedisProperties(
      @DefaultValue("true") boolean enabled,
      @Nullable String url,
      @Within(least = "1", most = "10000") @Nullable Integer nodes,
      @DefaultValue("local") WhenUnavailable whenUnavailable,
      @Within(least = "5ms", most = "10s") @DefaultValue("50ms") Duration timeout) {}
}
