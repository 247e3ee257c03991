package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.RateLimit;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.embedded.RedisSentinel;

class SentinelIT {

  @Test
  void followsThePrimaryThatTheSentinelNames() throws Exception {
    TestRedis primary = TestRedis.start();
    HostAndPort first = primary.address();
    try (TestRedis replica = TestRedis.start("replicaof 127.0.0.1 " + first.getPort())) {
      int port = replica.address().getPort() - 1;
      RedisSentinel sentinel =
          RedisSentinel.newRedisSentinel()
              .port(port)
              .bind("127.0.0.1")
              .masterName("main")
              .masterPort(first.getPort())
              .quorumSize(1)
              .downAfterMilliseconds(500L)
              .failOverTimeout(2_000L)
              .parallelSyncs(1)
              .build();
      sentinel.start();
      RedisTarget target =
          RedisTarget.sentinel(
              "main",
              Set.of(new HostAndPort("127.0.0.1", port)),
              TestRedis.config(),
              TestRedis.config());
      try (Jedis asked = new Jedis("127.0.0.1", port);
          RedisRateLimiter limiter =
              RedisRateLimiter.builder("api", target, RateLimit.perHour(100))
                  .whenUnavailable(WhenUnavailable.DENY)
                  .build()) {
        assertThat(limiter.awaitConnected(Duration.ofSeconds(10))).isTrue();
        assertThat(limiter.tryAcquire("u").source()).isEqualTo(Decision.Source.SHARED);
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    ((java.util.List<?>) asked.sendCommand(Command.SENTINEL, "REPLICAS", "main"))
                            .size()
                        == 1);

        primary.stop();

        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> limiter.tryAcquire("u").source() == Decision.Source.SHARED);
        assertThat(replica.immortal()).isEmpty();
      } finally {
        sentinel.stop();
      }
    }
  }
}
