package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.redis.Striker.Orders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Redis is away for a while, and several JVMs go on by their shares of the limit. */
class LocalShareIT {

  private static final int NODES = 3;
  private static final int LIMIT = 600;
  private static final int THREADS = 4;
  private static final int SHARE = (LIMIT + NODES - 1) / NODES;

  @Test
  void keepsTheBoundOfAllSharesAcrossJvms() {
    try (TestRedis redis = TestRedis.start()) {
      List<Process> strikers = new ArrayList<>();
      Orders orders =
          new Orders(
              "single",
              "" + redis.address().getPort(),
              THREADS,
              LIMIT,
              3_600_000,
              3_500,
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
      strikers.forEach(Striker::awaitConnected);
      long pid = redis.pid();
      TestRedis.signal("STOP", pid);
      try {
        TestRedis.pause(Duration.ofMillis(2_000));
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
      // What was on its way when Redis froze was counted and told to nobody.
      assertThat(together.values().stream().mapToLong(count -> count).sum())
          .isGreaterThanOrEqualTo(LIMIT - NODES * THREADS);
      System.out.println("granted by " + NODES + " JVMs at a limit of " + LIMIT + ": " + together);
      assertThat(redis.immortal()).isEmpty();
    }
  }
}
