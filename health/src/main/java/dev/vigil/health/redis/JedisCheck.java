package dev.vigil.health.redis;

import java.util.Objects;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;

/**
 * Makes a {@link RedisCheck} or a {@link RedisClusterCheck} for Jedis 6.0 to 8: any {@link
 * UnifiedJedis}, hence {@code RedisClient}, {@code JedisPooled}, {@code JedisCluster}, {@code
 * JedisSentineled} and their kin. A cluster is asked as a whole: every primary node must answer.
 *
 * <p>A class of its own, so that frameworks which look at {@link RedisCheck} by reflection find no
 * type of Jedis where the application uses another client.
 */
public final class JedisCheck {

  private JedisCheck() {}

  /**
   * Asks through a Jedis client, which stays the caller's to close. Its pool waits for ever by
   * default when all connections are in use: set {@code maxWait} on the pool.
   */
  public static RedisCheck of(UnifiedJedis jedis) {
    return RedisCheck.ping(Objects.requireNonNull(jedis, "jedis")::ping);
  }

  /** Asks a cluster's client, which stays the caller's to close, for the cluster's own view. */
  public static RedisClusterCheck cluster(UnifiedJedis jedis) {
    Objects.requireNonNull(jedis, "jedis");
    return RedisClusterCheck.info(() -> jedis.executeCommand(info()));
  }

  private static CommandObject<String> info() {
    return new CommandObject<>(
        new CommandArguments(Protocol.Command.CLUSTER).add("INFO"), BuilderFactory.STRING);
  }
}
