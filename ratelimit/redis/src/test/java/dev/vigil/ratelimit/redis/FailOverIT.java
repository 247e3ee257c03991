package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A fail-over that loses acknowledged writes: what the new primary lacked is admitted again. */
class FailOverIT {

  private static final int LIMIT = 100;
  private static final int REPLICATED = 60;
  private static final int LOST = 30;

  @Test
  void admitsTheLimitAndWhatTheNewPrimaryLackedAndNoMore() throws Exception {
    try (TestRedis primary = TestRedis.start();
        TestRedis replica = TestRedis.start("replicaof 127.0.0.1 " + primary.address().getPort());
        Relay relay = new Relay(primary.address());
        RedisRateLimiter limiter =
            RedisRateLimiter.builder(
                    "api",
                    RedisTarget.standalone(relay.address(), TestRedis.config()),
                    RateLimit.perHour(LIMIT))
                .whenUnavailable(WhenUnavailable.DENY)
                .decisionTimeout(Duration.ofSeconds(2))
                .build()) {
      assertThat(limiter.awaitConnected(Duration.ofSeconds(10))).isTrue();
      await(() -> info(primary, "replication").contains("state=online"));
      ask(limiter, REPLICATED);
      await(() -> count(replica) == REPLICATED);
      try (Jedis jedis = replica.jedis()) {
        jedis.replicaofNoOne(); // it is cut off, and becomes the primary later
      }
      ask(limiter, LOST);
      assertThat(count(replica)).isEqualTo(REPLICATED);

      relay.turnTo(replica.address());
      AtomicInteger after = new AtomicInteger();
      await(
          () -> {
            var decision = limiter.tryAcquire("u");
            after.addAndGet(decision.allowed() ? 1 : 0);
            return !decision.allowed() && !decision.unavailable();
          });

      int admitted = REPLICATED + LOST + after.get();
      assertThat(admitted).isLessThanOrEqualTo(LIMIT + LOST);
      // One question at most was on its way when the connection broke; it counts as used.
      assertThat(admitted).isGreaterThanOrEqualTo(LIMIT + LOST - 1);
      assertThat(replica.immortal()).isEmpty();
    }
  }

  private static void ask(RedisRateLimiter limiter, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(limiter.tryAcquire("u").allowed()).isTrue();
    }
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }

  private static String info(TestRedis redis, String section) {
    try (Jedis jedis = redis.jedis()) {
      return jedis.info(section);
    }
  }

  private static int count(TestRedis redis) {
    try (Jedis jedis = redis.jedis()) {
      return TestRedis.keys(jedis).stream()
          .filter(key -> key.contains("|u}"))
          .mapToInt(key -> Integer.parseInt(jedis.get(key)))
          .sum();
    }
  }
}
