package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A Redis that speaks TLS alone, to a user who may do no more than the README's list. */
class SecureRedisIT {

  private static final String PASSWORD = "correct-horse-battery";

  /** As the README has it. */
  static final String RIGHTS =
      "~rate_limit:* +set +incr +incrby +get +pexpire +pttl +eval +evalsha +time";

  @TempDir Path directory;

  private static DefaultJedisClientConfig.Builder as(String password) {
    return DefaultJedisClientConfig.builder().user("limiter").password(password);
  }

  @Test
  @SuppressWarnings("deprecation") // what Jedis 6, 7 and 8 have in common
  void worksOverTlsForAUserWithTheRightsItNeeds() throws Exception {
    TestCertificate certificate = TestCertificate.make(directory);
    int port = TestRedis.freePort();
    try (TestRedis redis =
        TestRedis.start(
            "tls-port " + port,
            "tls-cert-file " + certificate.certificate(),
            "tls-key-file " + certificate.key(),
            "tls-ca-cert-file " + certificate.certificate(),
            "tls-auth-clients no",
            "user limiter on >" + PASSWORD + " " + RIGHTS)) {
      RedisTarget target =
          RedisTarget.standalone(
              new HostAndPort("127.0.0.1", port),
              as(PASSWORD).ssl(true).sslSocketFactory(certificate.trusting()).build());
      try (RedisRateLimiter limiter =
          RedisRateLimiter.builder(
                  "api", target, Plan.of(RateLimit.perMinute(5), RateLimit.perHour(8)))
              .whenUnavailable(WhenUnavailable.DENY)
              .decisionTimeout(Duration.ofSeconds(2))
              .build()) {
        assertThat(limiter.awaitConnected(Duration.ofSeconds(10))).isTrue();
        assertThat(limiter.tryAcquire("u").source()).isEqualTo(Decision.Source.SHARED);
        assertThat(limiter.tryAcquire("u", 4).allowed()).isTrue();
        assertThat(limiter.tryAcquire("u").allowed()).isFalse();
        assertThat(limiter.tryAcquireAsync("v", 2).join().remaining()).isEqualTo(3);
        assertThat(limiter.peek("v").remaining()).isEqualTo(3);
      }
      try (RedisRateLimiter limiter =
          RedisRateLimiter.builder("plain", target, RateLimit.perHour(3))
              .whenUnavailable(WhenUnavailable.DENY)
              .decisionTimeout(Duration.ofSeconds(2))
              .build()) {
        assertThat(limiter.awaitConnected(Duration.ofSeconds(10))).isTrue();
        assertThat(limiter.tryAcquire("u").remaining()).isEqualTo(2);
        try (Jedis jedis = redis.jedis()) {
          jedis.del(TestRedis.keys(jedis).toArray(String[]::new));
        }
        assertThat(limiter.tryAcquire("u").remaining()).isEqualTo(2);
      }
      assertThat(redis.immortal()).isEmpty();
    }
  }

  @Test
  void answersAsChosenAndSaysNoPasswordWhereRedisRefusesIt() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(RedisRateLimiter.class);
    lines.start();
    logger.addAppender(lines);
    try (TestRedis redis =
            TestRedis.start("user limiter on >" + PASSWORD + " ~rate_limit:* +@all");
        RedisRateLimiter limiter =
            RedisRateLimiter.builder(
                    "api",
                    RedisTarget.standalone(redis.address(), as("wrong-battery").build()),
                    RateLimit.perHour(8))
                .whenUnavailable(WhenUnavailable.DENY)
                .build()) {
      assertThat(limiter.tryAcquire("u").source()).isEqualTo(Decision.Source.FAIL_CLOSED);
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> !limiter.available());
      assertThat(lines.list)
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .contains("does not answer")
          .doesNotContain("battery");
    } finally {
      logger.detachAppender(lines);
    }
  }
}
