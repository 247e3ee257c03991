package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;

class RedisRateLimiterIT {

  private static TestRedis redis;

  private final List<RedisRateLimiter> open = new ArrayList<>();

  @BeforeAll
  static void startRedis() {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    try (Jedis jedis = redis.jedis()) {
      jedis.flushAll();
    }
  }

  @AfterEach
  void everyKeyExpires() {
    open.forEach(RedisRateLimiter::close);
    assertThat(redis.immortal()).isEmpty();
  }

  private RedisRateLimiter limiter(RedisRateLimiter.Builder builder) {
    RedisRateLimiter limiter = builder.decisionTimeout(Duration.ofSeconds(2)).build();
    open.add(limiter);
    assertThat(limiter.awaitConnected(Duration.ofSeconds(10))).isTrue();
    return limiter;
  }

  private RedisRateLimiter limiter(String name, RateLimit first, RateLimit... more) {
    return limiter(RedisRateLimiter.builder(name, redis.target(), Plan.of(first, more)));
  }

  private List<String> keys() {
    try (Jedis jedis = redis.jedis()) {
      return TestRedis.keys(jedis).stream().filter(key -> !key.contains("#probe")).toList();
    }
  }

  @Test
  void countsAcrossLimitersAndRemembersDenials() {
    RedisRateLimiter one = limiter("api", RateLimit.perHour(3));
    RedisRateLimiter other = limiter("api", RateLimit.perHour(3));

    assertThat(one.tryAcquire("u").remaining()).isEqualTo(2);
    assertThat(other.tryAcquire("u").remaining()).isEqualTo(1);
    assertThat(one.peek("u").remaining()).isEqualTo(1);
    assertThat(one.tryAcquire("u").remaining()).isZero();
    Decision denied = other.tryAcquire("u");
    assertThat(denied.allowed()).isFalse();
    assertThat(denied.source()).isEqualTo(Decision.Source.SHARED);
    Decision again = other.tryAcquire("u");

    assertThat(again.source()).isEqualTo(Decision.Source.DENIAL_MEMORY);
    assertThat(again.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
    assertThat(other.peek("u").allowed()).isFalse();
    assertThat(other.tryAcquire("v").allowed()).isTrue();
  }

  @Test
  void namesCountersByLimiterIdentifierAndWindow() {
    limiter("api", RateLimit.perHour(3)).tryAcquire("user-42");
    long window = System.currentTimeMillis() / 3_600_000;

    assertThat(keys()).containsExactly("rate_limit:{api|user-42}:" + window);
  }

  @Test
  void namesCountersAsTheGuideDoesWhenAsked() {
    limiter(RedisRateLimiter.builder("api", redis.target(), RateLimit.perHour(3)).guideKeys())
        .tryAcquire("user-42");

    assertThat(keys())
        .containsExactly("rate_limit:user-42:" + System.currentTimeMillis() / 3_600_000);
    assertThatThrownBy(
            () ->
                RedisRateLimiter.builder(
                        "api", redis.target(), key -> Plan.of(RateLimit.perHour(1)))
                    .guideKeys()
                    .build())
        .hasMessageContaining("guideKeys() needs one limit for every key");
  }

  @Test
  void neverSharesACounterBetweenLimitersOfEqualWindows() {
    limiter("a", RateLimit.perHour(1)).tryAcquire("u");

    assertThat(limiter("b", RateLimit.perHour(1)).tryAcquire("u").allowed()).isTrue();
  }

  @Test
  void hashesWhatCouldForgeAKey() {
    RedisRateLimiter limiter = limiter("api", RateLimit.perHour(1));
    List<String> hostile =
        List.of(
            "", "a}:1", "{b}", "x|y", "a:1", "a\r\nFLUSHALL", "ünïcode", "k".repeat(10_000_000));

    hostile.forEach(key -> assertThat(limiter.tryAcquire(key).allowed()).isTrue());
    hostile.forEach(key -> assertThat(limiter.tryAcquire(key).allowed()).isFalse());

    assertThat(keys())
        .hasSize(hostile.size())
        .allMatch(key -> key.matches("rate_limit:\\{api\\|#[\\w-]{22}}:\\d+"));
  }

  @Test
  void hashesAllIdentifiersInPrivacyMode() {
    limiter(
            RedisRateLimiter.builder("api", redis.target(), RateLimit.perHour(1))
                .hashIdentifiers(Secret.of("one")))
        .tryAcquire("203.0.113.9");

    assertThat(keys()).singleElement().asString().startsWith("rate_limit:{api|#");
  }

  @Test
  void takesSeveralPermitsWholeOrNotAtAll() {
    RedisRateLimiter limiter = limiter("api", RateLimit.perHour(10));

    assertThat(limiter.tryAcquire("u", 8).remaining()).isEqualTo(2);
    Decision denied = limiter.tryAcquire("u", 5);
    assertThat(denied.allowed()).isFalse();
    assertThat(denied.remaining()).isEqualTo(2);
    assertThat(limiter.tryAcquire("u", 2).allowed()).isTrue();
    assertThat(limiter.tryAcquire("u", 1).allowed()).isFalse();
  }

  @Test
  void takesFromAllLimitsOrNone() {
    RedisRateLimiter limiter = limiter("api", RateLimit.perMinute(3), RateLimit.perHour(3));
    limiter.tryAcquire("u", 2);

    assertThat(limiter.tryAcquire("u", 2).allowed()).isFalse();
    assertThat(limiter.tryAcquire("u").allowed()).isTrue();
    Decision denied = limiter.tryAcquire("u");
    assertThat(denied.allowed()).isFalse();
    assertThat(denied.limit()).isEqualTo(RateLimit.perHour(3));
  }

  @Test
  void sendsItsScriptAgainWhenRedisForgotIt() {
    RedisRateLimiter limiter = limiter("api", RateLimit.perHour(10));
    limiter.tryAcquire("u", 2);
    try (Jedis jedis = redis.jedis()) {
      jedis.scriptFlush();
    }

    assertThat(limiter.tryAcquire("u", 2).remaining()).isEqualTo(6);
  }

  @Test
  void armsACounterAgainThatRedisLost() {
    RedisRateLimiter limiter = limiter("api", RateLimit.perHour(10));
    limiter.tryAcquire("u");
    try (Jedis jedis = redis.jedis()) {
      jedis.flushAll();
    }

    assertThat(limiter.tryAcquire("u").allowed()).isTrue();
    assertThat(redis.immortal()).isEmpty();
    assertThat(keys()).hasSize(1);
  }

  @Test
  void expiresCountersWellPastTheirWindow() {
    limiter("api", RateLimit.perSecond(10)).tryAcquire("u");

    try (Jedis jedis = redis.jedis()) {
      assertThat(jedis.pttl(keys().get(0))).isBetween(50_000L, 61_000L);
    }
  }

  @Test
  void followsTheServersClockWhateverTheHostsSays() {
    InstantSource ahead = () -> InstantSource.system().instant().plusSeconds(30);
    RedisRateLimiter right = limiter("api", RateLimit.perSecond(1_000_000));
    RedisRateLimiter wrong =
        limiter(
            RedisRateLimiter.builder("api", redis.target(), RateLimit.perSecond(1_000_000))
                .time(Ticker.system(), ahead));

    for (int i = 0; i < 20; i++) {
      Decision first = right.tryAcquire("u");
      Decision second = wrong.tryAcquire("u");
      assertThat(Duration.between(first.resetAt(), second.resetAt()))
          .isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }
  }

  @Test
  void keepsThousandsInFlightFromOneThread() {
    RedisRateLimiter limiter = limiter("api", RateLimit.perHour(3_000));
    List<CompletableFuture<Decision>> answers = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      answers.add(limiter.tryAcquireAsync("u"));
    }

    long admitted = answers.stream().filter(answer -> answer.join().allowed()).count();

    assertThat(admitted).isEqualTo(3_000);
  }

  @Test
  @SuppressWarnings("deprecation") // the one constructor that Jedis 6, 7 and 8 have
  void borrowsTheApplicationsClientAndLeavesItOpen() {
    try (UnifiedJedis client =
        new UnifiedJedis(new PooledConnectionProvider(redis.address()), 1, Duration.ofSeconds(1))) {
      RedisRateLimiter limiter =
          limiter(
              RedisRateLimiter.builder("api", RedisTarget.client(client), RateLimit.perHour(2)));

      assertThat(limiter.tryAcquire("u").source()).isEqualTo(Decision.Source.SHARED);
      assertThat(limiter.tryAcquire("u", 1).allowed()).isTrue();
      assertThat(limiter.tryAcquire("u").allowed()).isFalse();
      assertThat(limiter.tryAcquire("v", 2).allowed()).isTrue();
      limiter.close();

      assertThat(client.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void countsKeysForWhichThereIsNoRoom() {
    RedisRateLimiter limiter =
        limiter(RedisRateLimiter.builder("api", redis.target(), RateLimit.perHour(1)).maxKeys(10));
    for (int i = 0; i < 200; i++) {
      assertThat(limiter.tryAcquire("k" + i).allowed()).isTrue();
    }
    for (int i = 0; i < 200; i++) {
      assertThat(limiter.tryAcquire("k" + i).allowed()).isFalse();
    }

    assertThat(limiter.keys()).isLessThanOrEqualTo(10);
  }
}
