package dev.vigil.ratelimit.http;

import dev.vigil.core.PathPattern;
import dev.vigil.core.TrustedProxies;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.RateLimiter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which limiter holds for which request, and for whom it is counted: what both filters are made of.
 *
 * <pre>{@code
 * RateLimitPolicy policy =
 *     RateLimitPolicy.builder(ClientKey.address(TrustedProxies.loopback()))
 *         .limit("/api/*", limiter)
 *         .exempt(request -> request.path().startsWith("/health"))
 *         .build();
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RateLimitPolicy {

  /** Whoever has no key shares this one: nobody escapes by having none. */
  private static final String ANONYMOUS = "anonymous";

  private final ClientKey key;
  private final PathPattern.Table<RateLimiter> limiters;
  private final Predicate<ClientRequest> exempt;
  private final boolean legacyHeaders;

  private RateLimitPolicy(Builder builder) {
    key = builder.key;
    limiters = PathPattern.Table.of(builder.limiters);
    exempt = builder.exempt;
    legacyHeaders = builder.legacyHeaders;
  }

  /** A policy that counts by such keys. */
  public static Builder builder(ClientKey key) {
    return new Builder(key);
  }

  /** One limiter for every path, by the address of the connection's peer. */
  public static RateLimitPolicy of(RateLimiter limiter) {
    return builder(ClientKey.address(TrustedProxies.none())).limit("/*", limiter).build();
  }

  /** The answer's headers, and its body where the request is refused; null where no limit holds. */
  public @Nullable RateLimitAnswer decide(ClientRequest request) {
    RateLimiter limiter = limiters.find(request.path());
    if (limiter == null || exempt.test(request)) {
      return null;
    }
    String found = key.of(request);
    String client = found == null ? ANONYMOUS : found;
    Decision decision = limiter.tryAcquire(client);
    return RateLimitAnswer.of(limiter, limiter.plan(client), decision, legacyHeaders);
  }

  /** Settings with defaults. Not thread-safe; may be used again. */
  public static final class Builder {

    private final ClientKey key;
    private final Map<String, RateLimiter> limiters = new LinkedHashMap<>();
    private Predicate<ClientRequest> exempt = request -> false;
    private boolean legacyHeaders;

    private Builder(ClientKey key) {
      this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * Limits the paths of a pattern (see {@link PathPattern}); the most specific one holds. Paths
     * that match none are not limited.
     *
     * @throws IllegalArgumentException if the pattern has a limiter already
     */
    public Builder limit(String pattern, RateLimiter limiter) {
      Objects.requireNonNull(limiter, "limiter");
      if (limiters.putIfAbsent(Objects.requireNonNull(pattern, "pattern"), limiter) != null) {
        throw new IllegalArgumentException(
            "pattern "
                + pattern
                + " has a limiter already; a pattern has one, with several limits"
                + " in its plan if need be");
      }
      return this;
    }

    /** Who is neither counted nor refused; nobody by default. */
    public Builder exempt(Predicate<ClientRequest> exempt) {
      this.exempt = Objects.requireNonNull(exempt, "exempt");
      return this;
    }

    /** Adds {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset} (epoch seconds). */
    public Builder legacyHeaders() {
      legacyHeaders = true;
      return this;
    }

    /**
     * Makes the policy.
     *
     * @throws IllegalArgumentException if patterns are wrong or none is given
     */
    public RateLimitPolicy build() {
      if (limiters.isEmpty()) {
        throw new IllegalArgumentException("a policy needs a limit(pattern, limiter) but has none");
      }
      return new RateLimitPolicy(this);
    }
  }
}
