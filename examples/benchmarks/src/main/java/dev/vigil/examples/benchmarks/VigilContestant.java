package dev.vigil.examples.benchmarks;

import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.redis.RedisRateLimiter;
import dev.vigil.ratelimit.redis.RedisTarget;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** Ours. A decision that Redis did not take ends the run. */
final class VigilContestant implements FleetContestant {

  private static final Plan PLENTY = Plan.of(RateLimit.of(FleetContestant.limit("any"), WINDOW));
  private static final Plan ONE = Plan.of(RateLimit.of(1, WINDOW));

  private final RedisRateLimiter limiter;

  VigilContestant(int port) {
    limiter =
        RedisRateLimiter.builder(
                "bench",
                RedisTarget.standalone(
                    new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().build()),
                key -> key.equals(FleetCell.OVER) ? ONE : PLENTY)
            .decisionTimeout(Duration.ofSeconds(5))
            .maxKeys(200_000)
            .nodes(1)
            .build();
    if (!limiter.awaitConnected(Duration.ofSeconds(10))) {
      throw new IllegalStateException("Redis is not there");
    }
  }

  @Override
  public void decide(String key) {
    if (limiter.tryAcquire(key).unavailable()) {
      throw new IllegalStateException("not decided by Redis");
    }
  }

  @Override
  public CompletionStage<?> decideAsync(String key) {
    return limiter.tryAcquireAsync(key);
  }

  @Override
  public void close() {
    limiter.close();
  }
}
