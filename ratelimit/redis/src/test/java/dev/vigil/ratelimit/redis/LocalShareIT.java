package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.redis.Striker.Orders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Redis is away for a while, and several JVMs go on by their shares of the limit. */
class LocalShareIT {

  private static final int NODES = 3;
  private static final int LIMIT = 300;
  private static final int SHARE = (LIMIT + NODES - 1) / NODES;

  @Test
  void keepsTheBoundOfAllSharesAcrossJvms() {
    try (TestRedis redis = TestRedis.start()) {
      List<Process> strikers = new ArrayList<>();
      Orders orders =
          new Orders(
              "single",
              "" + redis.address().getPort(),
              4,
              LIMIT,
              3_600_000,
              3_000,
              1,
              1,
              WhenUnavailable.LOCAL,
              50,
              0,
              NODES,
              20);
      for (int i = 0; i < NODES; i++) {
        strikers.add(Striker.send(orders));
      }
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> used(redis) > 30);
      long pid = redis.pid();
      TestRedis.signal("STOP", pid);
      try {
        TestRedis.pause(Duration.ofMillis(1_500));
      } finally {
        TestRedis.signal("CONT", pid);
      }
      Map<Long, Long> together = new TreeMap<>();
      for (Process striker : strikers) {
        Striker.granted(striker)
            .forEach((window, count) -> together.merge(window, count, Long::sum));
      }

      // An hour's window, so one; two where the hour strikes meanwhile.
      assertThat(together.values())
          .as(together.toString())
          .allMatch(count -> count <= LIMIT + (NODES - 1) * SHARE);
      assertThat(together.values().stream().mapToLong(count -> count).sum())
          .isGreaterThanOrEqualTo(LIMIT);
      assertThat(redis.immortal()).isEmpty();
    }
  }

  private static int used(TestRedis redis) {
    try (Jedis jedis = redis.jedis()) {
      return TestRedis.keys(jedis).stream()
          .filter(key -> key.contains("|k0}"))
          .mapToInt(key -> Integer.parseInt(jedis.get(key)))
          .sum();
    }
  }
}
