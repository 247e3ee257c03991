package dev.vigil.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad policy is refused when it is built, with the directive, what came, and the fix. */
class BadPolicyTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("badPolicies")
  void isRefusedWithItsReason(
      String name, Consumer<SecurityHeadersBuilder> change, List<String> faults) {
    SecurityHeadersBuilder builder = SecurityHeaders.builder();
    change.accept(builder);

    PolicyException refusal = catchThrowableOfType(PolicyException.class, builder::build);

    assertThat(refusal).isNotNull();
    assertThat(refusal.faults()).containsExactlyElementsOf(faults);
  }

  static Stream<Arguments> badPolicies() {
    return Stream.of(BadPolicies.csp(), BadPolicies.others()).flatMap(cases -> cases);
  }

  @Test
  void thereAreAtLeastEightyBadPolicies() {
    assertThat(badPolicies().count()).isGreaterThanOrEqualTo(80);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    SecurityHeadersBuilder builder =
        SecurityHeaders.builder()
            .csp(csp -> csp.scriptSrc(src -> src.add("self")).imgSrc(src -> src.none().self()))
            .hsts(StrictTransport.maxAge(Duration.ofDays(1)).preload())
            .header("Expect-CT", "max-age=0")
            .cacheControl("no\nstore");

    PolicyException refusal = catchThrowableOfType(PolicyException.class, builder::build);

    assertThat(refusal.faults()).hasSize(6);
    assertThat(refusal).hasMessageStartingWith("a policy with 6 faults:\n- ");
    refusal.faults().forEach(fault -> assertThat(refusal).hasMessageContaining("- " + fault));
  }

  @Test
  void aBuilderThatWasRefusedCanBeMendedAndBuilt() {
    SecurityHeadersBuilder builder =
        SecurityHeaders.api().toBuilder().header("X-Robots-Tag", "none\r");
    assertThatExceptionOfType(PolicyException.class).isThrownBy(builder::build);

    builder.without("X-Robots-Tag").header("X-Robots-Tag", "none");

    assertThat(builder.build().headers(true, "")).containsEntry("X-Robots-Tag", "none");
  }
}
