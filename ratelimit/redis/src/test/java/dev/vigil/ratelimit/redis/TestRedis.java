package dev.vigil.ratelimit.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.embedded.RedisServer;

/** A Redis 6.2 of this test's own, on a free port; can be stopped, frozen and started again. */
final class TestRedis implements AutoCloseable {

  private final int port;
  private final List<String> settings;
  private RedisServer server;

  private TestRedis(int port, List<String> settings) {
    this.port = port;
    this.settings = settings;
  }

  static TestRedis start(String... settings) {
    TestRedis redis = new TestRedis(freePort(), List.of(settings));
    redis.restart();
    return redis;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      // A cluster's bus listens 10,000 above.
      return socket.getLocalPort() < 55_000
          ? socket.getLocalPort()
          : socket.getLocalPort() - 20_000;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void restart() {
    try {
      var builder =
          RedisServer.newRedisServer().port(port).setting("save \"\"").setting("appendonly no");
      settings.forEach(builder::setting);
      server = builder.build();
      server.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  long pid() {
    try (Jedis jedis = jedis()) {
      String info = jedis.info("server");
      return Long.parseLong(info.split("process_id:")[1].split("\\s")[0]);
    }
  }

  static void signal(String signal, long pid) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HostAndPort address() {
    return new HostAndPort("127.0.0.1", port);
  }

  RedisTarget target() {
    return RedisTarget.standalone(address(), config());
  }

  static DefaultJedisClientConfig config() {
    return DefaultJedisClientConfig.builder().build();
  }

  Jedis jedis() {
    return new Jedis(
        address(), DefaultJedisClientConfig.builder().socketTimeoutMillis(10_000).build());
  }

  /** All keys that have no expiry. */
  List<String> immortal() {
    List<String> found = new ArrayList<>();
    try (Jedis jedis = jedis()) {
      if (settings.contains("cluster-enabled yes")) {
        jedis.readonly(); // a replica shows its keys too, then
      }
      for (String key : keys(jedis)) {
        if (jedis.pttl(key) == -1) {
          found.add(key);
        }
      }
    }
    return found;
  }

  static List<String> keys(Jedis jedis) {
    List<String> keys = new ArrayList<>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      var page = jedis.scan(cursor, new ScanParams().count(1000));
      keys.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return keys;
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
