package dev.vigil.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.FakeContext;
import dev.vigil.health.checks.RawServer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.embedded.Redis;
import redis.embedded.RedisShardedCluster;

class JedisClusterCheckIT {

  private static final DefaultJedisClientConfig CONFIG =
      DefaultJedisClientConfig.builder().timeoutMillis(500).build();

  @Test
  void seesThreeNodesThatASlotIsNobodysAndThatANodeDies() throws Exception {
    RedisShardedCluster cluster =
        RedisShardedCluster.newRedisCluster()
            .ephemeral()
            .shard("a", 0)
            .shard("b", 0)
            .shard("c", 0)
            .initializationTimeout(Duration.ofSeconds(20))
            .build();
    cluster.start();
    int first = cluster.serverPorts().get(0);
    try (UnifiedJedis whole = clusterClient(first);
        UnifiedJedis one = client(first)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(run(whole).toString()).startsWith("healthy"));
      assertThat(run(whole).data())
          .containsEntry("state", "ok")
          .containsEntry("slotsAssigned", 16_384)
          .containsEntry("knownNodes", 3)
          .containsEntry("primaries", 3);

      // Told to, a cluster serves the slots that it has: one that nobody holds is said, no more.
      for (int port : cluster.serverPorts()) {
        try (UnifiedJedis node = client(port)) {
          tell(node, Command.CONFIG, "SET", "cluster-require-full-coverage", "no");
        }
      }
      for (int port : cluster.serverPorts()) {
        try (UnifiedJedis node = client(port)) {
          tell(node, Command.CLUSTER, "DELSLOTS", "0");
        }
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(run(one).message())
                      .isEqualTo("1 of 16384 slots are assigned to no node"));
      assertThat(run(one).status()).isEqualTo(HealthStatus.DEGRADED);
      assertThat(run(one).data())
          .containsEntry("state", "ok")
          .containsEntry("slotsAssigned", 16_383);

      for (int port : cluster.serverPorts()) {
        try (UnifiedJedis node = client(port)) {
          tell(node, Command.CONFIG, "SET", "cluster-require-full-coverage", "yes");
        }
      }
      for (Redis server : cluster.servers()) {
        if (!server.ports().contains(first)) {
          server.stop();
          break;
        }
      }

      // First suspected, then, after the node time-out, failed: the cluster is down without it.
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(run(one).message()).isEqualTo("the cluster is down"));
    } finally {
      cluster.stop();
    }
  }

  @Test
  void isUnhealthyWhereTheServerIsSilentOrSpeaksOtherwise() throws Exception {
    try (RawServer silent = RawServer.silent();
        RawServer other =
            RawServer.doing((socket, out) -> out.write("+planted\r\n".repeat(9).getBytes()));
        UnifiedJedis hanging = client(silent.port());
        UnifiedJedis confused = client(other.port())) {
      assertThat(run(hanging)).hasToString("unhealthy: CLUSTER INFO failed");
      assertThat(run(confused).status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(run(confused).toString()).doesNotContain("planted");
    }
  }

  /** What every Jedis from 6 on has. */
  @SuppressWarnings("deprecation")
  private static void tell(UnifiedJedis node, Command command, String... arguments) {
    node.sendCommand(command, arguments);
  }

  private static HealthResult run(UnifiedJedis jedis) {
    return JedisCheck.cluster(jedis).check(FakeContext.tenSeconds());
  }

  /** The one cluster client that Jedis 6, 7 and 8 share. */
  @SuppressWarnings("deprecation")
  private static UnifiedJedis clusterClient(int port) {
    return new JedisCluster(Set.of(new HostAndPort("127.0.0.1", port)), CONFIG);
  }

  @SuppressWarnings("deprecation")
  private static UnifiedJedis client(int port) {
    return new UnifiedJedis(
        new PooledConnectionProvider(new HostAndPort("127.0.0.1", port), CONFIG),
        1,
        Duration.ofSeconds(1));
  }
}
