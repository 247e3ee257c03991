package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.RateLimit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** The README's example compiles and does what it seems to. */
class ReadmeIT {

  @Test
  void runsTheExample() {
    try (TestRedis server = TestRedis.start()) {
      HostAndPort redis = server.address();

      JedisClientConfig config = DefaultJedisClientConfig.builder().build(); // user, TLS, database
      RedisRateLimiter limiter =
          RedisRateLimiter.builder(
                  "api", RedisTarget.standalone(redis, config), RateLimit.perMinute(10_000))
              .nodes(3) // instances of this service, for the time without Redis
              .whenUnavailable(WhenUnavailable.LOCAL) // or ALLOW, DENY
              .build();
      limiter.awaitConnected(Duration.ofSeconds(10)); // if the first decisions should be shared
      Decision decision = limiter.tryAcquire("user-42"); // or tryAcquireAsync
      limiter.close();

      assertThat(decision.allowed()).isTrue();
      assertThat(decision.source()).isIn(Decision.Source.SHARED, Decision.Source.LOCAL);
    }
  }

  @Test
  void showsWhatRunsHere() throws Exception {
    String readme = Files.readString(Path.of("README.md"), StandardCharsets.UTF_8);
    String source =
        Files.readString(
            Path.of("src/test/java/dev/vigil/ratelimit/redis/ReadmeIT.java"),
            StandardCharsets.UTF_8);
    String[] blocks = readme.split("```java\n");

    assertThat(blocks).hasSize(2);
    assertThat(blocks[1].split("```")[0].lines().filter(line -> !line.isBlank()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(source).contains("      " + line + "\n"));
  }

  /** The rights that the README asks for are the ones that are tested. */
  @Test
  void namesTheRightsThatSuffice() throws Exception {
    String readme = Files.readString(Path.of("README.md"), StandardCharsets.UTF_8);

    assertThat(readme).contains("`" + SecureRedisIT.RIGHTS + "`");
  }
}
