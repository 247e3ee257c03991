package dev.vigil.spring;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.redis.RedisCheck;
import dev.vigil.health.redis.RedisClusterCheck;
import java.util.function.Supplier;
import org.springframework.data.redis.connection.ClusterInfo;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Asks through Spring Data: PING, or in a cluster CLUSTER INFO, since there PING asks every node
 * and a lost replica is no outage.
 *
 * <p>How long a call may take is the client's own setting ({@code spring.data.redis.timeout}; 60 s
 * in Lettuce unless set). Where that is longer than the check's time-out the check is unhealthy
 * from its time-out on, and its one thread is back when the client gives up.
 */
final class RedisFactoryCheck implements HealthCheck {

  private final Supplier<RedisConnectionFactory> factory;

  RedisFactoryCheck(Supplier<RedisConnectionFactory> factory) {
    this.factory = factory;
  }

  @Override
  public HealthResult check(CheckContext context) throws Exception {
    try (RedisConnection connection = factory.get().getConnection()) {
      HealthCheck check =
          connection instanceof RedisClusterConnection cluster
              ? RedisClusterCheck.info(() -> text(cluster.clusterGetClusterInfo()))
              : RedisCheck.ping(connection::ping);
      return check.check(context);
    }
  }

  @Override
  public boolean remote() {
    return true;
  }

  /** Back into what Redis said. */
  private static String text(ClusterInfo info) {
    return "cluster_state:"
        + info.getState()
        + "\r\ncluster_slots_assigned:"
        + info.getSlotsAssigned()
        + "\r\ncluster_slots_pfail:"
        + info.getSlotsPfail()
        + "\r\ncluster_slots_fail:"
        + info.getSlotsFail()
        + "\r\ncluster_known_nodes:"
        + info.getKnownNodes()
        + "\r\ncluster_size:"
        + info.getClusterSize()
        + "\r\n";
  }
}
