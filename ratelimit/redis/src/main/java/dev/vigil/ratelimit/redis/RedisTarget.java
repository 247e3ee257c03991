package dev.vigil.ratelimit.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Where Redis is, and how the limiter gets there.
 *
 * <p>The first three open one or two connections a node of the limiter's own, with the user,
 * password, TLS and database of the settings given; its time-outs are the limiter's. {@link
 * #client} borrows the application's client instead: simplest where connections are scarce, but a
 * command at a time, and from a pool that others wait for.
 *
 * <p>Immutable.
 */
public final class RedisTarget {

  /** Opens the way to what was named. */
  private interface Way {
    Topology open(Settings settings);
  }

  private final String label;
  private final boolean cluster;
  private final Way way;

  private RedisTarget(String label, boolean cluster, Way way) {
    this.label = label;
    this.cluster = cluster;
    this.way = way;
  }

  /** One server, Redis 6.2 or later or Valkey. */
  public static RedisTarget standalone(HostAndPort address, JedisClientConfig config) {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(config, "config");
    String label = address.toString();
    return new RedisTarget(
        label,
        false,
        settings -> {
          ServerLinks links = new ServerLinks(config, settings.name(), settings.ticker());
          return new SingleServer(label, links.to(() -> address), settings);
        });
  }

  /**
   * A Redis Cluster.
   *
   * @param seeds some of its nodes, at least one
   */
  public static RedisTarget cluster(Set<HostAndPort> seeds, JedisClientConfig config) {
    Set<HostAndPort> known = some(seeds);
    Objects.requireNonNull(config, "config");
    return new RedisTarget(
        known.toString(),
        true,
        settings ->
            new Cluster(
                known, new ServerLinks(config, settings.name(), settings.ticker()), settings));
  }

  /**
   * The primary that Sentinels name; asked again at every connection.
   *
   * @param primary the name that the Sentinels watch it by
   * @param sentinels some Sentinels, at least one
   * @param config for the primary
   * @param sentinelConfig for the Sentinels
   */
  public static RedisTarget sentinel(
      String primary,
      Set<HostAndPort> sentinels,
      JedisClientConfig config,
      JedisClientConfig sentinelConfig) {
    Objects.requireNonNull(primary, "primary");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(sentinelConfig, "sentinelConfig");
    Set<HostAndPort> known = some(sentinels);
    return new RedisTarget(
        primary,
        false,
        settings -> {
          ServerLinks links = new ServerLinks(config, settings.name(), settings.ticker());
          ServerLinks toSentinels =
              new ServerLinks(sentinelConfig, settings.name(), settings.ticker());
          return new SingleServer(
              primary, links.to(() -> primary(primary, known, toSentinels, settings)), settings);
        });
  }

  /** A client of the application, of any kind; never closed. */
  public static RedisTarget client(UnifiedJedis client) {
    Objects.requireNonNull(client, "client");
    return new RedisTarget(
        "the application's client",
        false,
        settings ->
            new SingleServer(
                "the application's client", new ClientOpener(client, settings.ticker()), settings));
  }

  private static Set<HostAndPort> some(Set<HostAndPort> addresses) {
    Set<HostAndPort> copy = Set.copyOf(addresses);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("at least one address is needed but there was none");
    }
    return copy;
  }

  private static HostAndPort primary(
      String name, Set<HostAndPort> sentinels, ServerLinks links, Settings settings) {
    for (HostAndPort sentinel : sentinels) {
      try (Link link = links.connect(sentinel)) {
        link.send(
            Command.SENTINEL,
            "GET-MASTER-ADDR-BY-NAME".getBytes(StandardCharsets.US_ASCII),
            name.getBytes(StandardCharsets.UTF_8));
        Object answer = link.answer(settings.ticker().read() + ServerLinks.PATIENCE.toNanos());
        if (answer instanceof List<?> address && address.size() == 2) {
          return new HostAndPort(text(address.get(0)), Integer.parseInt(text(address.get(1))));
        }
      } catch (JedisException unreachable) {
        // The next one knows as much.
      }
    }
    throw new JedisConnectionException("no Sentinel of " + sentinels + " names a primary " + name);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  boolean isCluster() {
    return cluster;
  }

  Topology open(Settings settings) {
    return way.open(settings);
  }

  /** Addresses alone. */
  @Override
  public String toString() {
    return label;
  }
}
