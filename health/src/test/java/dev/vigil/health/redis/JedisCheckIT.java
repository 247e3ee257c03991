package dev.vigil.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.FakeContext;
import dev.vigil.health.checks.RawServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.embedded.RedisServer;

class JedisCheckIT {

  private static final String PASSWORD = "planted-hunter2";

  private static int port;
  private static RedisServer redis;

  @BeforeAll
  static void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    redis = serve();
  }

  @AfterAll
  static void stop() throws Exception {
    redis.stop();
  }

  @Test
  void isHealthyWhereRedisAnswers() {
    try (UnifiedJedis jedis = client(port)) {
      assertThat(run(jedis).status()).isEqualTo(HealthStatus.HEALTHY);
    }
  }

  @Test
  void noticesThatRedisDiesAndThatItComesBack() throws Exception {
    try (UnifiedJedis jedis = client(port)) {
      assertThat(run(jedis).status()).isEqualTo(HealthStatus.HEALTHY);

      redis.stop();
      HealthResult down = run(jedis);
      redis = serve();

      assertThat(down.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(down).hasToString("unhealthy: PING failed");
      assertThat(down.cause()).isNotNull();
      await().until(() -> run(jedis).status() == HealthStatus.HEALTHY);
    }
  }

  @Test
  void endsByTheClientsTimeOutWhereTheServerIsSilent() throws Exception {
    try (RawServer silent = RawServer.silent();
        UnifiedJedis jedis = client(silent.port())) {
      assertThat(run(jedis)).hasToString("unhealthy: PING failed");
    }
  }

  @Test
  void doesNotEchoWhatSomethingElseAnswers() throws Exception {
    try (RawServer other =
            RawServer.doing(
                (socket, out) ->
                    out.write(
                        ("+" + PASSWORD + "\r\n").repeat(5).getBytes(StandardCharsets.US_ASCII)));
        UnifiedJedis jedis = client(other.port())) {
      HealthResult result = run(jedis);

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.toString()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void doesNotShowThePasswordThatIsRefused() {
    try (UnifiedJedis jedis =
        client(
            port, DefaultJedisClientConfig.builder().user("nobody").password(PASSWORD).build())) {
      HealthResult result = run(jedis);

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.toString()).doesNotContain(PASSWORD);
    }
  }

  private static HealthResult run(UnifiedJedis jedis) {
    return JedisCheck.of(jedis).check(FakeContext.tenSeconds());
  }

  private static UnifiedJedis client(int port) {
    return client(port, DefaultJedisClientConfig.builder().timeoutMillis(500).build());
  }

  /** The one way to make a client that Jedis 6, 7 and 8 share. */
  @SuppressWarnings("deprecation")
  private static UnifiedJedis client(int port, JedisClientConfig config) {
    return new UnifiedJedis(
        new PooledConnectionProvider(new HostAndPort("127.0.0.1", port), config),
        1,
        Duration.ofSeconds(1));
  }

  private static RedisServer serve() throws IOException {
    RedisServer server = new RedisServer(port);
    server.start();
    return server;
  }
}
