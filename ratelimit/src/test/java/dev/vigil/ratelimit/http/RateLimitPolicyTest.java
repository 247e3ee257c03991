package dev.vigil.ratelimit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.core.TrustedProxies;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.RateLimiter;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RateLimitPolicyTest {

  private final FakeTime time = new FakeTime();
  private final FakeRequest request = FakeRequest.from("198.51.100.7");

  private RateLimiter limiter(RateLimit first, RateLimit... more) {
    return LocalRateLimiter.builder("api", Plan.of(first, more)).time(time, time).build();
  }

  @Test
  void tellsLimitRemainingAndResetOnAllowedAnswersToo() {
    time.advance(Duration.ofMillis(37_500));
    RateLimitAnswer answer = RateLimitPolicy.of(limiter(RateLimit.perMinute(100))).decide(request);

    assertThat(answer.allowed()).isTrue();
    assertThat(StructuredList.parse(answer.headers().get("RateLimit-Policy")))
        .containsExactly(new StructuredList.Item("api", Map.of("q", 100L, "w", 60L)));
    assertThat(StructuredList.parse(answer.headers().get("RateLimit")))
        .containsExactly(new StructuredList.Item("api", Map.of("r", 99L, "t", 23L)));
    assertThat(answer.headers()).doesNotContainKeys("Retry-After", "X-RateLimit-Limit");
  }

  @Test
  void listsEveryLimitAndTellsTheTightest() {
    RateLimitAnswer answer =
        RateLimitPolicy.of(limiter(RateLimit.of(5, Duration.ofMillis(500)), RateLimit.perHour(9)))
            .decide(request);

    assertThat(StructuredList.parse(answer.headers().get("RateLimit-Policy")))
        .containsExactly(
            new StructuredList.Item("api-PT0.5S", Map.of("q", 5L)),
            new StructuredList.Item("api-PT1H", Map.of("q", 9L, "w", 3600L)));
    assertThat(StructuredList.parse(answer.headers().get("RateLimit")))
        .containsExactly(new StructuredList.Item("api-PT0.5S", Map.of("r", 4L, "t", 1L)));
  }

  @Test
  void refusesWithProblemDetailsAndTimeToWait() throws Exception {
    RateLimitPolicy policy =
        RateLimitPolicy.builder(ClientKey.address(TrustedProxies.none()))
            .limit("/*", limiter(RateLimit.perMinute(1)))
            .legacyHeaders()
            .build();
    policy.decide(request);

    RateLimitAnswer answer = policy.decide(request);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers())
        .containsEntry("Retry-After", "60")
        .containsEntry("Content-Type", "application/problem+json")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("X-RateLimit-Limit", "1")
        .containsEntry("X-RateLimit-Remaining", "0")
        .containsEntry("X-RateLimit-Reset", "1767225660");
    JsonNode body = new ObjectMapper().readTree(answer.body());
    assertThat(body.get("status").asInt()).isEqualTo(429);
    assertThat(body.get("type").asText()).endsWith("#quota-exceeded");
    assertThat(body.get("violated-policies").get(0).asText()).isEqualTo("api");
  }

  @Test
  void saysUnavailableAndNotTooManyWhenNobodyCounted() throws Exception {
    RateLimiter down =
        new RateLimiter() {
          @Override
          public String name() {
            return "api";
          }

          @Override
          public Plan plan(String key) {
            return Plan.of(RateLimit.perMinute(1));
          }

          @Override
          public Decision tryAcquire(String key, int permits) {
            return Decision.of(
                false, RateLimit.perMinute(1), 0, 0, Decision.Source.FAIL_CLOSED, time);
          }

          @Override
          public CompletableFuture<Decision> tryAcquireAsync(String key, int permits) {
            return CompletableFuture.completedFuture(tryAcquire(key, permits));
          }

          @Override
          public Decision peek(String key) {
            return tryAcquire(key, 1);
          }
        };

    RateLimitAnswer answer = RateLimitPolicy.of(down).decide(request);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsEntry("Retry-After", "1").doesNotContainKey("RateLimit");
    assertThat(new ObjectMapper().readTree(answer.body()).get("type").asText())
        .endsWith("#temporary-reduced-capacity");
  }

  @Test
  void limitsByTheMostSpecificPathAndSparesTheExempt() {
    RateLimiter tight = limiter(RateLimit.perMinute(1));
    RateLimitPolicy policy =
        RateLimitPolicy.builder(ClientKey.address(TrustedProxies.none()))
            .limit("/api/*", limiter(RateLimit.perMinute(100)))
            .limit("/api/login", tight)
            .exempt(each -> "probe".equals(each.principal()))
            .build();

    assertThat(policy.decide(request.at("/static/a.css"))).isNull();
    assertThat(policy.decide(request.at("/api/login").as("probe"))).isNull();
    assertThat(policy.decide(request.at("/api/login")).allowed()).isTrue();
    assertThat(policy.decide(request.at("//api/./login")).allowed()).isFalse();
    assertThat(policy.decide(request.at("/api/orders")).allowed()).isTrue();
  }

  @Test
  void countsAllWithoutAKeyAsOne() {
    RateLimitPolicy policy =
        RateLimitPolicy.builder(ClientKey.principal())
            .limit("/*", limiter(RateLimit.perMinute(1)))
            .build();

    assertThat(policy.decide(FakeRequest.from("198.51.100.7")).allowed()).isTrue();
    assertThat(policy.decide(FakeRequest.from("198.51.100.8")).allowed()).isFalse();
  }

  @Test
  void refusesAPolicyThatLimitsNothingOrTwice() {
    RateLimiter limiter = limiter(RateLimit.perMinute(1));

    assertThatThrownBy(() -> RateLimitPolicy.builder(ClientKey.principal()).build())
        .hasMessage("a policy needs a limit(pattern, limiter) but has none");
    assertThatThrownBy(
            () ->
                RateLimitPolicy.builder(ClientKey.principal())
                    .limit("/a", limiter)
                    .limit("/a", limiter))
        .hasMessageStartingWith("pattern /a has a limiter already");
  }
}
