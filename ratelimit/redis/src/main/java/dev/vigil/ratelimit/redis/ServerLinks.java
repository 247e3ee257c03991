package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** Opens connections of our own, by the application's settings for user, TLS and database. */
final class ServerLinks {

  /** How long connecting and each step of the handshake may take; nobody waits for it. */
  static final Duration PATIENCE = Duration.ofMillis(250);

  private static final byte[] ONE_SECOND = {'1', '0', '0', '0'};

  private final JedisClientConfig config;
  private final String limiter;
  private final Ticker ticker;

  ServerLinks(JedisClientConfig config, String limiter, Ticker ticker) {
    int millis = (int) PATIENCE.toMillis();
    this.config =
        DefaultJedisClientConfig.builder()
            .from(config)
            .connectionTimeoutMillis(millis)
            .socketTimeoutMillis(millis)
            .build();
    this.limiter = limiter;
    this.ticker = ticker;
  }

  Link connect(HostAndPort address) {
    return new SocketLink(address, config, ticker);
  }

  Topology.Opener to(Supplier<HostAndPort> address) {
    return new Topology.Opener() {
      @Override
      public Link open(Node node) {
        Link link = connect(address.get());
        try {
          greet(link, node);
          return link;
        } catch (RuntimeException failure) {
          link.close();
          throw failure;
        }
      }

      @Override
      public boolean isPunctual() {
        return true;
      }
    };
  }

  /** The opening batch: the time, and a write, so that a replica or a full server is found out. */
  private void greet(Link link, Node node) {
    TimeSample sample = new TimeSample(node.clock, ticker);
    sample.open(link);
    byte[] probe = ("rate_limit:{" + limiter + "|#probe}:0").getBytes(StandardCharsets.US_ASCII);
    byte[] px = {'P', 'X'};
    link.send(Command.SET, probe, new byte[] {'0'}, px, ONE_SECOND);
    long deadline = ticker.read() + PATIENCE.toNanos();
    Object time = link.answer(deadline);
    sample.take(time);
    Object written = link.answer(deadline);
    if (time instanceof JedisDataException refused) {
      throw refused;
    }
    boolean elsewhere = written instanceof JedisMovedDataException;
    if (written instanceof JedisDataException refused && !elsewhere) {
      throw refused; // another node's slot is fine: this one is up
    }
  }
}
