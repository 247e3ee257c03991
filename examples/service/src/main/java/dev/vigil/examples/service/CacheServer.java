package dev.vigil.examples.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.JedisURIHelper;
import redis.embedded.RedisServer;

/** Redis: the one that {@code REDIS_URL} names, or a real one of our own, from an artifact. */
final class CacheServer implements Breakable, AutoCloseable {

  private static final int TIMEOUT_MILLIS = 1_000;

  private final @Nullable RedisServer embedded;
  private final UnifiedJedis client;
  private boolean stopped;

  private CacheServer(Optional<URI> url) throws IOException {
    if (url.isPresent()) {
      this.embedded = null;
      this.client = client(url.get());
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
      this.client = client(URI.create("redis://127.0.0.1:" + port));
    }
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

  /** Built from parts that Jedis 6 to 8 have in common, some of which 8 would like to see gone. */
  @SuppressWarnings("deprecation")
  private static UnifiedJedis client(URI url) {
    DefaultJedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .user(JedisURIHelper.getUser(url))
            .password(JedisURIHelper.getPassword(url))
            .database(JedisURIHelper.getDBIndex(url))
            .ssl("rediss".equals(url.getScheme()))
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .build();
    HostAndPort address = new HostAndPort(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort());
    return new UnifiedJedis(
        new PooledConnectionProvider(address, config), 1, Duration.ofMillis(TIMEOUT_MILLIS));
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
