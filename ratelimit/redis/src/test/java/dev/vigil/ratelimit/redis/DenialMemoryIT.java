package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.RateLimit;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class DenialMemoryIT {

  private static final int CALLS = 100_000;

  @Test
  void answersWithoutRedisAndWithoutAllocating() {
    try (TestRedis redis = TestRedis.start();
        RedisRateLimiter limiter =
            RedisRateLimiter.builder("api", redis.target(), RateLimit.perHour(1)).build()) {
      assertThat(limiter.awaitConnected(Duration.ofSeconds(10))).isTrue();
      limiter.tryAcquire("u");
      limiter.tryAcquire("u");
      assertThat(limiter.tryAcquire("u").source()).isEqualTo(Decision.Source.DENIAL_MEMORY);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
          limiter.tryAcquire("u");
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }

      assertThat(least).as("bytes for %s denials", CALLS).isLessThan(CALLS / 10);
      try (Jedis jedis = redis.jedis()) {
        String counter =
            TestRedis.keys(jedis).stream().filter(key -> key.contains("|u}")).findFirst().get();
        assertThat(jedis.get(counter)).isIn("1", "2");
      }
    }
  }
}
