package dev.vigil.examples.service;

import dev.vigil.ratelimit.redis.RedisTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.JedisURIHelper;
import redis.embedded.RedisServer;

/** Redis: the one that {@code REDIS_URL} names, or a real one of our own, from an artifact. */
final class CacheServer implements Breakable, AutoCloseable {

  private static final int TIMEOUT_MILLIS = 1_000;

  private final @Nullable RedisServer embedded;
  private final HostAndPort address;
  private final JedisClientConfig config;
  private final UnifiedJedis client;
  private boolean stopped;

  private CacheServer(Optional<URI> given) throws IOException {
    URI url;
    if (given.isPresent()) {
      this.embedded = null;
      url = given.get();
    } else {
      int port = freePort();
      this.embedded =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("appendonly no")
              .build();
      embedded.start();
      url = URI.create("redis://127.0.0.1:" + port);
    }
    this.address = new HostAndPort(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort());
    this.config = config(url);
    this.client = client(address, config);
  }

  static CacheServer start(Optional<URI> url) {
    try {
      return new CacheServer(url);
    } catch (IOException failure) {
      throw new UncheckedIOException("the embedded Redis did not start", failure);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @SuppressWarnings("deprecation") // what Jedis 6 to 8 have in common, and 8 would like to see gone
  private static JedisClientConfig config(URI url) {
    return DefaultJedisClientConfig.builder()
        .user(JedisURIHelper.getUser(url))
        .password(JedisURIHelper.getPassword(url))
        .database(JedisURIHelper.getDBIndex(url))
        .ssl("rediss".equals(url.getScheme()))
        .connectionTimeoutMillis(TIMEOUT_MILLIS)
        .socketTimeoutMillis(TIMEOUT_MILLIS)
        .build();
  }

  @SuppressWarnings("deprecation") // the same
  private static UnifiedJedis client(HostAndPort address, JedisClientConfig config) {
    return new UnifiedJedis(
        new PooledConnectionProvider(address, config), 1, Duration.ofMillis(TIMEOUT_MILLIS));
  }

  HostAndPort address() {
    return address;
  }

  JedisClientConfig config() {
    return config;
  }

  /** The same server, for a limiter that brings its own connections. */
  RedisTarget target() {
    return RedisTarget.standalone(address, config);
  }

  UnifiedJedis client() {
    return client;
  }

  @Override
  public synchronized void broken(boolean on) throws IOException {
    if (embedded == null) {
      throw new IllegalStateException("REDIS_URL names a server that is not ours to stop");
    }
    if (on && !stopped) {
      embedded.stop();
    } else if (!on && stopped) {
      embedded.start();
    }
    stopped = on;
  }

  @Override
  public synchronized void close() throws IOException {
    client.close();
    if (embedded != null && !stopped) {
      embedded.stop();
      stopped = true;
    }
  }
}
