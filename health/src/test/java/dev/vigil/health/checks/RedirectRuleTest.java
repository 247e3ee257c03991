package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectRuleTest {

  @ParameterizedTest
  @CsvSource({
    "http://a/x, /y, true",
    "http://a/x, y?z=1, true",
    "http://a/x, //a/y, true",
    "http://a/x, HTTP://A:80/y, true",
    "https://a/x, https://a:443/y, true",
    "http://a/x, https://a/y, true",
    "http://a:8080/x, https://a:8443/y, true",
    "https://a/x, http://a/y, false",
    "http://a/x, http://b/y, false",
    "http://a/x, //b/y, false",
    "http://a/x, http://a.b/y, false",
    "http://a:8080/x, http://a:9090/y, false",
    "https://a/x, https://a:8443/y, false",
    "http://a/x, ftp://a/y, false",
  })
  void followsWithinAHostAndNeverOutOfTls(URI from, String location, boolean allowed) {
    URI to = RedirectRule.target(from, Optional.of(location)).orElseThrow();

    assertThat(RedirectRule.allows(from, to)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "http://a b/", "mailto:x@example.com", "http://u:p@a/", "::"})
  void findsNoTargetInNonsense(String location) {
    assertThat(RedirectRule.target(URI.create("http://a/x"), Optional.of(location))).isEmpty();
  }

  @Test
  void findsNoTargetWhereThereIsNone() {
    assertThat(RedirectRule.target(URI.create("http://a/x"), Optional.empty())).isEmpty();
  }

  @Test
  void knowsWhichStatusesRedirect() {
    assertThat(java.util.stream.IntStream.range(300, 310).filter(RedirectRule::redirects))
        .containsExactly(301, 302, 303, 307, 308);
  }
}
