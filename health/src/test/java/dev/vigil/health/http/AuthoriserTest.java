package dev.vigil.health.http;

import static dev.vigil.health.http.Authoriser.Verdict.GRANTED;
import static dev.vigil.health.http.Authoriser.Verdict.NONE;
import static dev.vigil.health.http.Authoriser.Verdict.REFUSED;
import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.core.Secret;
import dev.vigil.core.TrustedProxies;
import dev.vigil.health.http.Authoriser.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoriserTest {

  private static final Secret TOKEN = Secret.of("s3cret-token");
  private static final Secret PASSWORD = Secret.of("pa:ss w\u00f6rd");

  private final Authoriser bearer = Authoriser.bearer(TOKEN);
  private final Authoriser basic = Authoriser.basic("ada", PASSWORD);

  private static TestRequest authorised(String header) {
    return get("").with("Authorization", header);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cret-token", "bearer s3cret-token", "BEARER   s3cret-token  "})
  void grantsTheRightToken(String header) {
    assertThat(bearer.judge(authorised(header))).isEqualTo(GRANTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Bearer",
        "Bearer ",
        "Bearers3cret-token",
        "Bearer s3cret-toke",
        "Bearer s3cret-tokenx",
        "Bearer S3CRET-TOKEN",
        "Bearer s3cret token",
        "s3cret-token",
        "Basic s3cret-token",
        "Bearer s3cret-token, Bearer other",
        "Bearer\ts3cret-token",
        "Bearer ***",
        "\u0000"
      })
  void refusesAnyOtherCredentials(String header) {
    assertThat(bearer.judge(authorised(header))).isEqualTo(REFUSED);
  }

  @Test
  void sendsWhomPresentsNothingAwayUnharmed() {
    assertThat(bearer.judge(get(""))).isEqualTo(NONE);
    assertThat(basic.judge(get(""))).isEqualTo(NONE);
  }

  @Test
  void refusesOversizedHeadersWithoutReadingThem() {
    Secret longest = Secret.of("x".repeat(4096 - "Bearer ".length()));
    Secret tooLong = Secret.of("x".repeat(4097 - "Bearer ".length()));

    assertThat(Authoriser.bearer(longest).judge(authorised("Bearer " + longest.reveal())))
        .isEqualTo(GRANTED);
    assertThat(Authoriser.bearer(tooLong).judge(authorised("Bearer " + tooLong.reveal())))
        .isEqualTo(REFUSED);
    assertThat(bearer.judge(authorised("Bearer " + "x".repeat(10_000_000)))).isEqualTo(REFUSED);
  }

  @Test
  void grantsUserAndPasswordInUtf8() {
    assertThat(basic.judge(authorised("Basic " + base64("ada:pa:ss w\u00f6rd"))))
        .isEqualTo(GRANTED);
    assertThat(basic.judge(authorised("basic " + base64("ada:pa:ss w\u00f6rd"))))
        .isEqualTo(GRANTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada:pa:ss word",
        "ada",
        "ada:",
        ":pa:ss w\u00f6rd",
        "bob:pa:ss w\u00f6rd",
        "",
        "Ada:pa:ss w\u00f6rd"
      })
  void refusesAnyOtherUserAndPassword(String pair) {
    assertThat(basic.judge(authorised("Basic " + base64(pair)))).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic", "Basic !", "Basic YQ", "Basic ====", "Basic YWRhOg==\u0000", "Bearer x"})
  void refusesWhatIsNotBase64(String header) {
    assertThat(basic.judge(authorised(header))).isEqualTo(REFUSED);
  }

  @Test
  void refusesAUserThatTheSchemeCannotCarry() {
    assertThatThrownBy(() -> Authoriser.basic("a:b", PASSWORD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colon");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,       '',                GRANTED",
    "::1,            '',                GRANTED",
    "203.0.113.9,    '',                NONE",
    "203.0.113.9,    10.1.2.3,          NONE", // not a proxy of ours: its word counts for nothing
    "192.0.2.1,      10.1.2.3,          GRANTED",
    "192.0.2.1,      203.0.113.9,       NONE",
    "192.0.2.1,      '10.9.9.9, 203.0.113.9', NONE", // what the client itself wrote stands left
    "192.0.2.1,      garbage,           NONE",
    "'',             '',                NONE",
    "localhost,      '',                NONE"
  })
  void grantsByAddress(String peer, String forwardedFor, Verdict verdict) {
    Authoriser addresses =
        Authoriser.addresses(TrustedProxies.of("192.0.2.0/24"), "10.0.0.0/8", "::1");
    TestRequest request = get("").peer(peer);

    assertThat(
            addresses.judge(
                forwardedFor.isEmpty() ? request : request.with("X-Forwarded-For", forwardedFor)))
        .isEqualTo(verdict);
  }

  @Test
  void needsARange() {
    assertThatThrownBy(() -> Authoriser.addresses(TrustedProxies.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("addresses(..) needs one address or range at least");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,    NONE,    NONE",
    "NONE,    GRANTED, GRANTED",
    "NONE,    REFUSED, REFUSED",
    "GRANTED, NONE,    GRANTED",
    "GRANTED, REFUSED, GRANTED",
    "REFUSED, NONE,    REFUSED",
    "REFUSED, GRANTED, GRANTED",
    "REFUSED, REFUSED, REFUSED"
  })
  void takesTheBetterOfTwo(Verdict one, Verdict other, Verdict both) {
    Authoriser first = request -> one;

    assertThat(first.or(request -> other).judge(get(""))).isEqualTo(both);
  }

  @Test
  void acceptsTokenOrPasswordAndInvitesToBoth() {
    Authoriser either = bearer.or(basic);

    assertThat(either.judge(authorised("Bearer s3cret-token"))).isEqualTo(GRANTED);
    assertThat(either.judge(authorised("Basic " + base64("ada:pa:ss w\u00f6rd"))))
        .isEqualTo(GRANTED);
    assertThat(either.judge(authorised("Digest x"))).isEqualTo(REFUSED);
    assertThat(either.challenge())
        .hasValue("Bearer realm=\"health\", Basic realm=\"health\", charset=\"UTF-8\"");
    Authoriser mute = request -> NONE;
    assertThat(mute.or(mute).challenge()).isEmpty();
    assertThat(mute.or(bearer).challenge()).hasValue("Bearer realm=\"health\"");
  }

  @Test
  void printsNoSecret() {
    assertThat(bearer.or(basic).toString()).doesNotContain("s3cret", "pa:ss", "rd");
  }
}
