package dev.vigil.health.redis;

import java.util.Objects;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;

/**
 * Makes a {@link RedisCheck} or a {@link RedisClusterCheck} for Jedis 6.0 to 8: any {@link
 * UnifiedJedis}, hence {@code RedisClient}, {@code JedisPooled}, {@code JedisCluster}, {@code
 * JedisSentineled} and their kin. PING asks a cluster as a whole: every primary node must answer.
 *
 * <p>A class of its own, so that frameworks which look at {@link RedisCheck} by reflection find no
 * type of Jedis where the application uses another client.
 */
public final class JedisCheck {

  /** Chooses the node that is asked: the one that holds its slot. */
  private static final byte[] ANY_KEY = {'v'};

  private static final byte[] INFO = {'I', 'N', 'F', 'O'};

  private JedisCheck() {}

  /**
   * Asks through a Jedis client, which stays the caller's to close. Its pool waits for ever by
   * default when all connections are in use: set {@code maxWait} on the pool.
   */
  public static RedisCheck of(UnifiedJedis jedis) {
    return RedisCheck.ping(Objects.requireNonNull(jedis, "jedis")::ping);
  }

  /** Asks a cluster's client, which stays the caller's to close, for the cluster's own view. */
  @SuppressWarnings("deprecation")
  public static RedisClusterCheck cluster(UnifiedJedis jedis) {
    Objects.requireNonNull(jedis, "jedis");
    // The one way that Jedis 6 to 8 share: before 8 a cluster client sends nothing without a key.
    return RedisClusterCheck.info(() -> jedis.sendCommand(ANY_KEY, Protocol.Command.CLUSTER, INFO));
  }
}
