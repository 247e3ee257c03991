package dev.vigil.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.shapesecurity.salvation2.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {

  private static final String NONCE = "AAAAAAAAAAAAAAAAAAAAAA";

  @ParameterizedTest
  @CsvSource({
    "none, DENY",
    "self, SAMEORIGIN",
  })
  void frameOptionsFollowFrameAncestors(String ancestors, String frameOptions) {
    SecurityHeaders policy =
        SecurityHeaders.builder()
            .csp(csp -> csp.frameAncestors(src -> src.add("'" + ancestors + "'")))
            .build();

    assertThat(policy.headers(true, "")).containsEntry("X-Frame-Options", frameOptions);
  }

  @Test
  void frameOptionsAreLeftOutWhereTheirWordsCannotSayIt() {
    SecurityHeaders policy =
        SecurityHeaders.api().toBuilder()
            .csp(csp -> csp.frameAncestors(src -> src.self().host("https://partner.example")))
            .build();

    assertThat(policy.headers(true, "")).doesNotContainKey("X-Frame-Options");
  }

  @Test
  void reportingIsWrittenInBothWaysIntoBothPolicies() {
    SecurityHeaders policy =
        SecurityHeaders.api().toBuilder()
            .cspReportOnly(csp -> csp.defaultSrc(Sources::self))
            .reporting("/csp-reports")
            .build();

    assertThat(policy.headers(true, ""))
        .containsEntry("Reporting-Endpoints", "csp=\"/csp-reports\"")
        .containsEntry(
            "Content-Security-Policy-Report-Only",
            "default-src 'self'; report-uri /csp-reports; report-to csp");
    assertThat(policy.headers(true, "").get("Content-Security-Policy"))
        .endsWith("; report-uri /csp-reports; report-to csp");
  }

  @Test
  void overHttpReportsGoToTheAddressThatBrowsersHeedThere() {
    SecurityHeaders policy =
        SecurityHeaders.strict().toBuilder()
            .cspReportOnly(csp -> csp.scriptSrc(Sources::self))
            .reporting("/csp-reports")
            .build();

    Map<String, String> plain = policy.headers(false, NONCE);
    Map<String, String> secure = policy.headers(true, NONCE);

    for (String name : List.of(SecurityHeaders.CSP, SecurityHeaders.CSP_REPORT_ONLY)) {
      assertThat(plain.get(name)).contains("report-uri /csp-reports").doesNotContain("report-to");
      assertThat(secure.get(name)).contains("report-uri /csp-reports").contains("report-to csp");
    }
    assertThat(plain).doesNotContainKey("Reporting-Endpoints");
    assertThat(secure).containsKey("Reporting-Endpoints");
  }

  @Test
  void reportingCanMoveAndEnd() {
    SecurityHeaders policy = SecurityHeaders.api().toBuilder().reporting("/a").build();

    SecurityHeaders moved = policy.toBuilder().reporting("https://r.example/b").build();
    SecurityHeaders ended = moved.toBuilder().reporting(null).build();

    assertThat(moved.headers(true, "").get("Content-Security-Policy"))
        .endsWith("; report-uri https://r.example/b; report-to csp")
        .doesNotContain("/a");
    assertThat(ended).isEqualTo(SecurityHeaders.api());
  }

  @Test
  void aDirectiveReplacesThePresetsInItsPlace() {
    SecurityHeaders policy =
        SecurityHeaders.spa().toBuilder().csp(csp -> csp.imgSrc(Sources::none)).build();

    assertThat(policy.headers(true, "").get("Content-Security-Policy"))
        .contains("'unsafe-inline'; img-src 'none'; font-src");
  }

  @Test
  void buildingLeavesThePolicyItStartedFromAsItWas() {
    String before = SecurityHeaders.strict().toString();

    SecurityHeaders.strict().toBuilder().csp(csp -> csp.imgSrc(Sources::none)).hsts(null).build();

    assertThat(SecurityHeaders.strict()).hasToString(before);
  }

  @Test
  void aHeaderReplacesThePresetsInAnyLetterCase() {
    SecurityHeaders policy =
        SecurityHeaders.legacy(LegacyHosts.none()).toBuilder()
            .header("x-xss-protection", "0")
            .build();

    assertThat(policy.headers(true, ""))
        .containsEntry("x-xss-protection", "0")
        .doesNotContainKey("X-XSS-Protection");
  }

  @Test
  void aPolicyWithANonceIsNotStoredWithoutBeingTold() {
    SecurityHeaders policy =
        SecurityHeaders.builder().csp(csp -> csp.scriptSrc(Sources::nonce)).build();

    assertThat(policy.usesNonce()).isTrue();
    assertThat(policy.headers(true, NONCE))
        .containsEntry("Cache-Control", "no-store, max-age=0")
        .containsEntry("Content-Security-Policy", "script-src 'nonce-" + NONCE + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "AAAAAAAAAAAAAAAAAAAAA'",
        "AAAAAAAAAAAAAAAAAAAAA; script-src *",
        "AAAAAAAAAAAAAAAAAAAAAA\r\n",
        "AAAAAAAAAAAAAAAAAAAAA\u0130"
      })
  void refusesWhatIsNoNonceWithoutShowingIt(String nonce) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecurityHeaders.strict().headers(true, nonce))
        .withMessage(
            "a nonce must be 22 to 128 characters of Base64 but %d characters were given that are"
                + " not",
            nonce.length());
  }

  @Test
  void aTemplateHasNoValueWithoutItsNonce() {
    ContentSecurityPolicy policy = ContentSecurityPolicy.parse("script-src 'nonce-{nonce}'");

    assertThatIllegalStateException()
        .isThrownBy(policy::value)
        .withMessage("the policy uses a nonce; call value(nonce)");
  }

  @Test
  void aNonceFillsAsManyPlacesAsThereAre() {
    ContentSecurityPolicy policy =
        ContentSecurityPolicy.parse(
            "default-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'");

    assertThat(policy.value(NONCE))
        .isEqualTo(
            "default-src 'nonce-%1$s'; script-src 'nonce-%1$s'; style-src 'nonce-%1$s'", NONCE);
  }

  @Test
  void parsingIsAsStrictAsBuilding() {
    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(
            () -> ContentSecurityPolicy.parse("scrip-src 'self'; img-src self; img-src 'none'"))
        .satisfies(refusal -> assertThat(refusal.faults()).hasSize(2));
  }

  @Test
  void parsingTakesEmptyPiecesAndAnySpacing() {
    assertThat(ContentSecurityPolicy.parse(" ;Default-Src   'self'\t;; "))
        .isEqualTo(ContentSecurityPolicy.builder().defaultSrc(Sources::self).build());
  }

  @Test
  void permissionsAreAStructuredField() {
    assertThat(
            PermissionsPolicy.none()
                .deny("camera")
                .allowSelf("fullscreen")
                .allow("geolocation", "self", "https://maps.example.com")
                .allow("autoplay", "*")
                .value())
        .isEqualTo(
            "camera=(), fullscreen=(self), geolocation=(self \"https://maps.example.com\"),"
                + " autoplay=*");
  }

  @Test
  void preloadIsTakenWhereTheListWouldTakeIt() {
    StrictTransport hsts =
        StrictTransport.maxAge(Duration.ofDays(365)).includeSubDomains().preload();

    assertThat(SecurityHeaders.builder().hsts(hsts).build().headers(true, ""))
        .containsEntry("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload");
  }

  @Test
  void theGuidesCachingByPathCanBeSaid() {
    assertThat(
            SecurityHeaders.api().toBuilder()
                .cacheControl("s-maxage=60, stale-while-revalidate")
                .build()
                .headers(true, ""))
        .containsEntry("Cache-Control", "s-maxage=60, stale-while-revalidate");
  }

  @Test
  void salvationHasNothingAgainstThePresets() {
    List<String> complaints = new ArrayList<>();
    for (SecurityHeaders preset :
        List.of(
            SecurityHeaders.strict(),
            SecurityHeaders.api(),
            SecurityHeaders.spa(),
            SecurityHeaders.legacy(LegacyHosts.none()))) {
      Policy.parseSerializedCSP(
          preset.headers(true, NONCE).get("Content-Security-Policy"),
          (severity, message, directive, value) -> complaints.add(message));
    }

    assertThat(complaints).containsExactly("Unrecognized directive require-trusted-types-for");
  }

  @Test
  void auditSpeaksOfReportsThatGoNowhere() {
    SecurityHeaders policy =
        SecurityHeaders.strict().toBuilder()
            .cspReportOnly(csp -> csp.defaultSrc(Sources::none))
            .build();

    assertThat(policy.audit())
        .anyMatch(
            finding ->
                finding
                    .toString()
                    .equals(
                        "WARNING Content-Security-Policy-Report-Only: reports to no one; call"
                            + " reporting(..)"));
  }
}
