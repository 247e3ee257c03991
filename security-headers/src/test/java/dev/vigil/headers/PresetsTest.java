package dev.vigil.headers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Finding;
import dev.vigil.core.Profile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {

  private static final String NONCE = "AAAAAAAAAAAAAAAAAAAAAA";

  static Stream<SecurityHeaders> presets() {
    return Stream.of(SecurityHeaders.strict(), SecurityHeaders.api(), SecurityHeaders.spa());
  }

  @ParameterizedTest
  @MethodSource("presets")
  void carryWhatEveryAnswerNeeds(SecurityHeaders preset) {
    assertThat(preset.headers(true, NONCE))
        .containsEntry("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        .containsEntry("X-Frame-Options", "DENY")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("X-XSS-Protection", "0")
        .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
        .containsEntry("Cross-Origin-Resource-Policy", "same-origin")
        .containsEntry("Origin-Agent-Cluster", "?1")
        .containsEntry("X-Permitted-Cross-Domain-Policies", "none")
        .containsEntry("X-DNS-Prefetch-Control", "off");
    assertThat(preset.headers(true, NONCE).get("Permissions-Policy").split(", "))
        .hasSize(26)
        .allMatch(feature -> feature.endsWith("=()"));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void haveNothingThatAnOperatorShouldMend(SecurityHeaders preset) {
    assertThat(preset.audit())
        .extracting(Finding::severity)
        .allMatch(severity -> severity == Finding.Severity.INFO);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void keepHstsFromPlainRequests(SecurityHeaders preset) {
    assertThat(preset.headers(false, NONCE)).doesNotContainKey("Strict-Transport-Security");
    assertThat(preset.headers(false, NONCE).get("Content-Security-Policy"))
        .doesNotContain("upgrade-insecure-requests");
  }

  @Test
  void strictRunsScriptsByNonceAlone() {
    assertThat(SecurityHeaders.strict().headers(true, NONCE))
        .containsEntry(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA' 'strict-dynamic' https:"
                + " 'unsafe-inline'; style-src 'self' 'nonce-AAAAAAAAAAAAAAAAAAAAAA'; img-src"
                + " 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri"
                + " 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none';"
                + " require-trusted-types-for 'script'")
        .containsEntry("Cache-Control", "no-store, max-age=0")
        .containsEntry("Referrer-Policy", "no-referrer")
        .doesNotContainKey("Cross-Origin-Embedder-Policy");
  }

  @Test
  void apiLoadsNothing() {
    assertThat(SecurityHeaders.api().headers(true, ""))
        .containsEntry(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .containsEntry("Cross-Origin-Embedder-Policy", "require-corp")
        .containsEntry("Cache-Control", "no-store, max-age=0")
        .containsEntry("Referrer-Policy", "no-referrer");
  }

  @Test
  void spaLoadsFromItsOwnFiles() {
    assertThat(SecurityHeaders.spa().headers(true, ""))
        .containsEntry(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
                + " data:; font-src 'self' data:; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests")
        .containsEntry("Cross-Origin-Embedder-Policy", "credentialless")
        .containsEntry("Referrer-Policy", "strict-origin-when-cross-origin")
        .doesNotContainKey("Cache-Control");
  }

  @Test
  void developmentHasNothingThatLocksABrowserOutOfLocalhost() {
    SecurityHeaders development = SecurityHeaders.spa().forProfile(Profile.DEVELOPMENT);

    assertThat(development.headers(true, "")).doesNotContainKey("Strict-Transport-Security");
    assertThat(development.headers(true, "").get("Content-Security-Policy"))
        .doesNotContain("upgrade-insecure-requests")
        .contains("script-src 'self'");
  }

  @Test
  void stagingIsAsProduction() {
    for (Profile profile : List.of(Profile.STAGING, Profile.PRODUCTION)) {
      assertThat(SecurityHeaders.spa().forProfile(profile)).isEqualTo(SecurityHeaders.spa());
    }
  }
}
