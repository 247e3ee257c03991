package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.redis.Striker.Orders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Two JVMs, many threads, one key: what is granted in each window, whatever is done to them. */
class ExactnessIT {

  private static final int LIMIT = 500;
  private static final int WINDOW = 1_000;

  @Test
  void grantsExactlyTheLimitAcrossJvmsWhoseClocksAreApart() {
    strike(16, 4_000, 5_000, false);
  }

  @Test
  void neverGrantsMoreWhileConnectionsAreKilled() {
    strike(16, 4_000, 50, true);
  }

  @Test
  @Tag("long")
  void grantsExactlyTheLimitToManyThreads() {
    strike(64, 20_000, 5_000, false);
  }

  @Test
  @Tag("long")
  void neverGrantsMoreToManyThreadsWhileConnectionsAreKilled() {
    strike(64, 20_000, 50, true);
  }

  private static void strike(int threads, int millis, int timeout, boolean kill) {
    try (TestRedis redis = TestRedis.start()) {
      String port = "" + redis.address().getPort();
      List<Process> strikers = new ArrayList<>();
      for (int ahead : new int[] {0, 30}) {
        strikers.add(
            Striker.send(
                new Orders(
                    "single",
                    port,
                    threads,
                    LIMIT,
                    WINDOW,
                    millis,
                    1,
                    3,
                    WhenUnavailable.DENY,
                    timeout,
                    ahead)));
      }
      while (kill && strikers.stream().allMatch(Process::isAlive)) {
        try (Jedis jedis = redis.jedis()) {
          jedis.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL));
          assertThat(redis.immortal()).isEmpty();
        }
        TestRedis.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(20, 200)));
      }
      Map<Long, Long> together = new TreeMap<>();
      for (Process striker : strikers) {
        Striker.granted(striker)
            .forEach((window, count) -> together.merge(window, count, Long::sum));
      }

      assertThat(together).hasSizeGreaterThan(3);
      assertThat(together.values()).allMatch(count -> count <= LIMIT);
      if (!kill) {
        List<Long> whole = new ArrayList<>(together.values()).subList(1, together.size() - 1);
        assertThat(whole).as(together.toString()).allMatch(count -> count == LIMIT);
      }
      assertThat(redis.immortal()).isEmpty();
    }
  }

  @Test
  void leavesNoKeyWithoutExpiryWhenKilled() {
    killAtRandom(5);
  }

  @Test
  @Tag("long")
  void leavesNoKeyWithoutExpiryWhenKilledAHundredTimes() {
    killAtRandom(100);
  }

  private static void killAtRandom(int times) {
    try (TestRedis redis = TestRedis.start()) {
      String port = "" + redis.address().getPort();
      for (int i = 0; i < times; i++) {
        Process striker =
            Striker.send(
                new Orders(
                    "single",
                    port,
                    8,
                    LIMIT,
                    WINDOW,
                    30_000,
                    100_000,
                    i % 2 + 1,
                    WhenUnavailable.DENY,
                    1_000,
                    0));
        long keys = redis.jedis().dbSize();
        for (int waited = 0; waited < 400 && redis.jedis().dbSize() <= keys + 2; waited++) {
          TestRedis.pause(Duration.ofMillis(25));
        }
        TestRedis.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(50)));
        striker.destroyForcibly();

        assertThat(redis.jedis().dbSize()).isGreaterThan(keys);
        assertThat(redis.immortal()).isEmpty();
      }
    }
  }
}
