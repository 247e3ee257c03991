package dev.vigil.ratelimit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.TrustedProxies;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimit;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientKeyTest {

  private static final ClientKey ADDRESS = ClientKey.address(TrustedProxies.of("10.0.0.1"));

  @Test
  void believesTrustedProxiesAlone() {
    assertThat(ADDRESS.of(FakeRequest.from("10.0.0.1").with("X-Forwarded-For", "203.0.113.9")))
        .isEqualTo("203.0.113.9");
    assertThat(ADDRESS.of(FakeRequest.from("198.51.100.7").with("X-Forwarded-For", "203.0.113.9")))
        .isEqualTo("198.51.100.7");
  }

  @Test
  void countsAnIpv6SubscriberOnceWhateverTheAddress() {
    assertThat(ADDRESS.of(FakeRequest.from("2001:db8:1:2:aaaa::1")))
        .isEqualTo(ADDRESS.of(FakeRequest.from("2001:db8:1:2:bbbb::2")))
        .isEqualTo("2001:db8:1:2::/64");
  }

  @Test
  void countsTenThousandInventedApiKeysAsOneClient() {
    ClientKey key = ClientKey.header("X-Api-Key", Set.of("issued")::contains).orElse(ADDRESS);
    RateLimitPolicy policy =
        RateLimitPolicy.builder(key)
            .limit("/*", LocalRateLimiter.of("api", RateLimit.perHour(10)))
            .build();
    int admitted = 0;

    for (int i = 0; i < 10_000; i++) {
      FakeRequest request = FakeRequest.from("198.51.100.7").with("X-Api-Key", "invented-" + i);
      admitted += policy.decide(request).allowed() ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(10);
    FakeRequest issued = FakeRequest.from("198.51.100.7").with("X-Api-Key", "issued");
    assertThat(policy.decide(issued).allowed()).isTrue();
  }

  @Test
  void keepsNoApiKeyInAKey() {
    ClientKey key = ClientKey.header("X-Api-Key", value -> true);

    assertThat(key.of(FakeRequest.from("a").with("X-Api-Key", "planted-secret")))
        .startsWith("X-Api-Key=#")
        .doesNotContain("planted-secret");
  }

  @Test
  void takesNoHeaderThatComesTwice() {
    ClientKey key = ClientKey.header("X-Api-Key", value -> true);

    assertThat(key.of(FakeRequest.from("a").with("X-Api-Key", "one", "two"))).isNull();
    assertThat(key.of(FakeRequest.from("a"))).isNull();
  }

  @Test
  void composesKindsAndKeepsThemApart() {
    ClientKey either = ClientKey.principal().orElse(ADDRESS);
    ClientKey both = ClientKey.principal().and(ADDRESS);

    assertThat(either.of(FakeRequest.from("198.51.100.7").as("ada"))).isEqualTo("user=ada");
    assertThat(either.of(FakeRequest.from("198.51.100.7"))).isEqualTo("198.51.100.7");
    assertThat(both.of(FakeRequest.from("198.51.100.7").as("ada")))
        .isEqualTo("user=ada 198.51.100.7");
    assertThat(both.of(FakeRequest.from("198.51.100.7"))).isNull();
    assertThat(either.of(FakeRequest.from("1").as("198.51.100.7"))).isNotEqualTo("198.51.100.7");
  }
}
