package dev.vigil.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {

  private static final List<String> KNOWN = List.of("limit", "window", "trustedProxies");

  @ParameterizedTest
  @CsvSource({
    "limt, limit",
    "LIMIT, limit",
    "wnidow, window",
    "trustedProxy, trustedProxies",
    "trusted, trustedProxies",
    "trustedproxies, trustedProxies"
  })
  void findsTheNameThatWasMeant(String mistyped, String meant) {
    assertThat(NearestName.of(mistyped, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "li", "colour", "permits"})
  void staysSilentWhereNothingIsNear(String mistyped) {
    assertThat(NearestName.of(mistyped, KNOWN)).isEmpty();
  }

  @Test
  void doesNotWorkOnHugeInput() {
    assertThat(NearestName.of("limit".repeat(1_000_000), KNOWN)).isEmpty();
  }
}
