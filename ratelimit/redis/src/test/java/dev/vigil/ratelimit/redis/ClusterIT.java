package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Three primaries and a replica of the first one. */
class ClusterIT {

  private static final List<TestRedis> nodes = new ArrayList<>();

  @BeforeAll
  static void startCluster() throws IOException {
    Path directory = Files.createTempDirectory("vigil-cluster");
    for (int i = 0; i < 4; i++) {
      nodes.add(
          TestRedis.start(
              "cluster-enabled yes",
              "cluster-node-timeout 2000",
              "cluster-config-file " + directory.resolve("nodes-" + i + ".conf")));
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < i; j++) {
        HostAndPort other = nodes.get(j).address();
        cluster(i, "MEET", other.getHost(), "" + other.getPort());
      }
    }
    for (int i = 0; i < 3; i++) {
      int first = 16384 * i / 3;
      int last = 16384 * (i + 1) / 3;
      List<String> command = new ArrayList<>(List.of("ADDSLOTS"));
      for (int slot = first; slot < last; slot++) {
        command.add("" + slot);
      }
      cluster(i, command.toArray(String[]::new));
    }
    String primary = text(cluster(0, "MYID"));
    await(() -> text(cluster(3, "NODES")).contains(primary));
    await(() -> text(cluster(3, "INFO")).contains("cluster_known_nodes:4"));
    cluster(3, "REPLICATE", primary);
    await(() -> replicaOnline());
    for (int i = 0; i < 4; i++) {
      int node = i;
      await(() -> text(cluster(node, "INFO")).contains("cluster_state:ok"));
    }
  }

  private static boolean replicaOnline() {
    try (Jedis jedis = nodes.get(0).jedis()) {
      return jedis.info("replication").contains("state=online");
    }
  }

  @AfterAll
  static void stopCluster() {
    nodes.forEach(TestRedis::close);
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
  }

  private static Object cluster(int node, String... arguments) {
    try (Jedis jedis = nodes.get(node).jedis()) {
      return jedis.sendCommand(Command.CLUSTER, arguments);
    }
  }

  private static String text(Object answer) {
    return new String((byte[]) answer);
  }

  private static RedisRateLimiter limiter(String name, RateLimit limit) {
    Set<HostAndPort> seeds = Set.of(nodes.get(0).address());
    RedisRateLimiter limiter =
        RedisRateLimiter.builder(name, RedisTarget.cluster(seeds, TestRedis.config()), limit)
            .whenUnavailable(WhenUnavailable.DENY)
            .decisionTimeout(Duration.ofSeconds(3))
            .build();
    assertThat(limiter.awaitConnected(Duration.ofSeconds(10))).isTrue();
    return limiter;
  }

  private static void nothingIsImmortal() {
    nodes.subList(0, 3).forEach(node -> assertThat(node.immortal()).isEmpty());
  }

  @Test
  void countsOnWhicheverNodeAKeyBelongsTo() {
    try (RedisRateLimiter limiter = limiter("many", RateLimit.perHour(2))) {
      for (int i = 0; i < 100; i++) {
        assertThat(limiter.tryAcquire("k" + i).source()).isEqualTo(Decision.Source.SHARED);
        assertThat(limiter.tryAcquire("k" + i, 2).allowed()).isFalse();
        assertThat(limiter.tryAcquire("k" + i).allowed()).isTrue();
        assertThat(limiter.tryAcquire("k" + i).allowed()).isFalse();
      }
      List<CompletableFuture<Decision>> answers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        answers.add(limiter.tryAcquireAsync("a" + i % 100));
      }
      assertThat(answers.stream().filter(answer -> answer.join().allowed()).count()).isEqualTo(200);
      nothingIsImmortal();
    }
  }

  @Test
  void followsASlotThatMoves() {
    try (RedisRateLimiter limiter = limiter("moving", RateLimit.perHour(100))) {
      int slot = JedisClusterCRC16.getSlot("{moving|u}");
      int from = slot * 3 / 16384;
      int to = (from + 1) % 3;
      String fromId = text(cluster(from, "MYID"));
      String toId = text(cluster(to, "MYID"));
      limiter.tryAcquire("v");

      cluster(to, "SETSLOT", "" + slot, "IMPORTING", fromId);
      cluster(from, "SETSLOT", "" + slot, "MIGRATING", toId);
      // The key is not there yet, so the old owner says ASK.
      assertThat(limiter.tryAcquire("u").remaining()).isEqualTo(99);
      assertThat(limiter.tryAcquire("u", 4).remaining()).isEqualTo(95);
      for (int i = 0; i < 3; i++) {
        cluster(i, "SETSLOT", "" + slot, "NODE", toId);
      }
      // Now it says MOVED.
      assertThat(limiter.tryAcquire("u").remaining()).isEqualTo(94);
      assertThat(limiter.tryAcquireAsync("u").join().remaining()).isEqualTo(93);
      nothingIsImmortal();

      try (Jedis jedis = nodes.get(to).jedis()) {
        TestRedis.keys(jedis).stream()
            .filter(key -> key.contains("{moving|u}"))
            .forEach(jedis::del);
      }
      for (int i = 0; i < 3; i++) {
        cluster(i, "SETSLOT", "" + slot, "NODE", fromId);
      }
    }
  }

  @Test
  void staysExactThroughKillsOfConnectionsAndAFailOver() {
    List<Process> strikers = strike(8, 6_000, 200);
    long failOverAt = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    boolean failedOver = false;
    while (strikers.stream().allMatch(Process::isAlive)) {
      TestRedis.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(20, 200)));
      try (Jedis jedis = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size())).jedis()) {
        jedis.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL));
      }
      if (!failedOver && System.nanoTime() - failOverAt > 0) {
        failedOver = true;
        cluster(3, "FAILOVER");
      }
    }
    Map<Long, Long> together = together(strikers);

    // An orderly fail-over hands over every increment, so the bound is the limit itself.
    assertThat(failedOver).isTrue();
    assertThat(together).hasSizeGreaterThan(3);
    assertThat(together.values()).as(together.toString()).allMatch(count -> count <= 500);
    nodes.forEach(node -> assertThat(node.immortal()).isEmpty());
    await(
        () -> {
          try (Jedis jedis = nodes.get(0).jedis()) {
            return jedis.info("replication").contains("master_link_status:up");
          }
        });
    cluster(0, "FAILOVER");
    await(ClusterIT::replicaOnline);
  }

  @Test
  @Tag("long")
  void grantsExactlyTheLimitWhenNothingFails() {
    Map<Long, Long> together = together(strike(64, 20_000, 5_000));

    List<Long> whole = new ArrayList<>(together.values()).subList(1, together.size() - 1);
    assertThat(whole).as(together.toString()).hasSizeGreaterThan(10).allMatch(c -> c == 500);
    nodes.forEach(node -> assertThat(node.immortal()).isEmpty());
  }

  private static List<Process> strike(int threads, int millis, int timeout) {
    List<Process> strikers = new ArrayList<>();
    String ports =
        nodes.stream().map(node -> "" + node.address().getPort()).collect(Collectors.joining(","));
    for (int ahead : new int[] {0, 30}) {
      strikers.add(
          Striker.send(
              new Striker.Orders(
                  "cluster",
                  ports,
                  threads,
                  500,
                  1_000,
                  millis,
                  1,
                  2,
                  WhenUnavailable.DENY,
                  timeout,
                  ahead)));
    }
    return strikers;
  }

  private static Map<Long, Long> together(List<Process> strikers) {
    Map<Long, Long> together = new TreeMap<>();
    for (Process striker : strikers) {
      Striker.granted(striker).forEach((window, count) -> together.merge(window, count, Long::sum));
    }
    return together;
  }
}
