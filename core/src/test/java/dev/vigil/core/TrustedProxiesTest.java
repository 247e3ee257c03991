package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.TrustedProxies.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy is 10.0.0.1, a second one before it 10.0.0.2, clients are in 203.0.113.0/24. */
class TrustedProxiesTest {

  private static final TrustedProxies PROXIES = TrustedProxies.of("10.0.0.0/8", "fd00::/8");

  @Test
  void ignoresTheHeadersOfAnUntrustedPeer() {
    Origin origin =
        from("203.0.113.66", "X-Forwarded-For", "10.0.0.7", "X-Forwarded-Proto", "https");

    assertThat(origin).isEqualTo(new Origin("203.0.113.66", "http", "inside:8080"));
  }

  @Test
  void takesATrustedPeerWithoutHeadersForTheClient() {
    assertThat(from("10.0.0.1")).isEqualTo(new Origin("10.0.0.1", "http", "inside:8080"));
  }

  @Test
  void readsXForwarded() {
    Origin origin =
        from(
            "10.0.0.1",
            "X-Forwarded-For",
            "203.0.113.9",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "shop.example.test");

    assertThat(origin).isEqualTo(new Origin("203.0.113.9", "https", "shop.example.test"));
  }

  @Test
  void readsForwarded() {
    Origin origin =
        from("10.0.0.1", "Forwarded", "for=203.0.113.9;proto=https;host=shop.example.test;by=_p");

    assertThat(origin).isEqualTo(new Origin("203.0.113.9", "https", "shop.example.test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "203.0.113.9                        | 203.0.113.9",
        "10.0.0.7, 203.0.113.9              | 203.0.113.9", // forged by the client
        "203.0.113.9, 10.0.0.2              | 203.0.113.9", // two proxies in a row
        "garbage, 203.0.113.9, 10.0.0.2     | 203.0.113.9",
        "10.0.0.5, 10.0.0.2                 | 10.0.0.5", // a request from inside
        "203.0.113.9:4711                   | 203.0.113.9",
        "2001:db8::9                        | 2001:db8::9",
        "[2001:db8::9]:4711                 | 2001:db8::9",
        "::ffff:203.0.113.9                 | 203.0.113.9",
        "203.0.113.9,,  ,                   | 203.0.113.9",
        "203.0.113.9, unknown               | unknown",
        "203.0.113.9, evil.example.test     | unknown",
        "203.0.113.9, 300.1.1.1             | unknown",
        "203.0.113.9, \"10.0.0.2\"          | unknown"
      })
  void followsXForwardedForFromTheRight(String header, String client) {
    assertThat(from("10.0.0.1", "X-Forwarded-For", header).address()).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=203.0.113.9                                | 203.0.113.9",
        "For=\"203.0.113.9:4711\"                       | 203.0.113.9",
        "for=\"[2001:db8::9]:4711\"                     | 2001:db8::9",
        "for=\"[2001:db8::9]\"                          | 2001:db8::9",
        "for=\"\\2\\03.0.113.9\"                        | 203.0.113.9",
        "for=10.0.0.7, for=203.0.113.9                  | 203.0.113.9",
        "for=203.0.113.9, for=10.0.0.2;by=10.0.0.1      | 203.0.113.9",
        "for=\", for=203.0.113.9                        | 203.0.113.9", // unclosed quote, client's
        "for=\"\\\", for=203.0.113.9                    | 203.0.113.9",
        "\"\"\", for=203.0.113.9;ext=\"a,b;c\\\"d\"     | 203.0.113.9",
        "for=203.0.113.9;proto                          | unknown",
        "for=203.0.113.9;for=10.0.0.2                   | unknown",
        "for=unknown                                    | unknown",
        "for=_hidden                                    | unknown",
        "for=_hidden, for=10.0.0.2                      | unknown",
        "for=2001:db8::9                                | 2001:db8::9", // brackets forgotten
        "for=\"[203.0.113.9]\"                          | unknown",
        "for=\"[2001:db8::9]x\"                         | unknown",
        "for=\"203.0.113.9                              | unknown",
        "for=20\"3.0.113.9\"                            | unknown",
        "proto=https                                    | 10.0.0.1"
      })
  void followsForwardedFromTheRight(String header, String client) {
    assertThat(from("10.0.0.1", "Forwarded", header).address()).isEqualTo(client);
  }

  @Test
  void joinsSeveralLinesOfOneHeader() {
    Origin origin =
        PROXIES.origin(
            "10.0.0.1",
            "http",
            "inside",
            Map.of("X-Forwarded-For", List.of("10.0.0.7, 203.0.113.9", "", "10.0.0.3,10.0.0.2"))
                ::get);

    assertThat(origin.address()).isEqualTo("203.0.113.9");
  }

  @Test
  void believesTheOutermostTrustedProxyAboutTheScheme() {
    assertThat(
            from(
                    "10.0.0.1",
                    "Forwarded",
                    "for=6.6.6.6;proto=ftp, for=203.0.113.9;proto=https, for=10.0.0.2;proto=http")
                .scheme())
        .isEqualTo("https");
    assertThat(
            from(
                    "10.0.0.1",
                    "X-Forwarded-For",
                    "203.0.113.9, 10.0.0.2",
                    "X-Forwarded-Proto",
                    "https, http")
                .scheme())
        .isEqualTo("https");
    assertThat(
            from(
                    "10.0.0.1",
                    "X-Forwarded-For",
                    "10.0.0.7, 203.0.113.9",
                    "X-Forwarded-Proto",
                    "https, http")
                .scheme())
        .isEqualTo("http");
  }

  @Test
  void readsTheSchemeWhereThereIsNoAddress() {
    assertThat(from("10.0.0.1", "X-Forwarded-Proto", "HTTPS"))
        .isEqualTo(new Origin("10.0.0.1", "https", "inside:8080"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil_protocol", "httpss", "https://", "on", "javascript"})
  void ignoresWhatIsNoScheme(String scheme) {
    assertThat(from("10.0.0.1", "X-Forwarded-Proto", scheme).scheme()).isEqualTo("http");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "evil.test/path",
        "evil.test\r\nSet-Cookie: x=1",
        "user@evil.test",
        "evil.test?",
        "<script>"
      })
  void ignoresWhatIsNoHost(String host) {
    assertThat(from("10.0.0.1", "X-Forwarded-Host", host).host()).isEqualTo("inside:8080");
    assertThat(from("10.0.0.1", "Forwarded", "for=203.0.113.9;host=\"" + host + "\"").host())
        .isEqualTo("inside:8080");
  }

  @Test
  void ignoresAHostLongerThanAnyName() {
    assertThat(from("10.0.0.1", "X-Forwarded-Host", "x".repeat(260)).host())
        .isEqualTo("inside:8080");
  }

  /** A proxy that writes X-Forwarded-For alone lets the client's own Forwarded through. */
  @Test
  void doesNotBelieveAFamilyOfHeadersThatTheOtherContradicts() {
    Origin origin =
        from(
            "10.0.0.1",
            "Forwarded",
            "for=10.0.0.7;proto=https;host=evil.example.test",
            "X-Forwarded-For",
            "203.0.113.9",
            "X-Forwarded-Proto",
            "http",
            "X-Forwarded-Host",
            "shop.example.test");

    assertThat(origin).isEqualTo(new Origin(Origin.UNKNOWN, "http", "inside:8080"));
  }

  @Test
  void believesBothFamiliesWhereTheyAgree() {
    Origin origin =
        from(
            "10.0.0.1",
            "Forwarded",
            "for=203.0.113.9;proto=https",
            "X-Forwarded-For",
            "203.0.113.9",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "shop.example.test");

    assertThat(origin).isEqualTo(new Origin("203.0.113.9", "https", "shop.example.test"));
  }

  @Test
  void readsOneFamilyWhereToldWhichTheProxyWrites() {
    Map<String, List<String>> headers =
        Map.of(
            "Forwarded", List.of("for=10.0.0.7;proto=https"),
            "X-Forwarded-For", List.of("203.0.113.9"));

    assertThat(PROXIES.onlyXForwarded().origin("10.0.0.1", "http", "inside", headers::get))
        .isEqualTo(new Origin("203.0.113.9", "http", "inside"));
    assertThat(PROXIES.onlyForwarded().origin("10.0.0.1", "http", "inside", headers::get))
        .isEqualTo(new Origin("10.0.0.7", "https", "inside"));
  }

  /** Neither an allow-list nor a rate limit may be met by hiding. */
  @Test
  void neverTakesAHiddenClientForTheProxy() {
    Origin hidden = from("10.0.0.1", "Forwarded", "for=_secret");

    assertThat(PROXIES.contains(hidden.address())).isFalse();
    assertThat(hidden.network()).isEqualTo("unknown");
  }

  @Test
  void survivesHostileHeaders() {
    String megabytes = "x".repeat(10_000_000);
    for (String hostile :
        List.of(
            megabytes,
            ",".repeat(100_000),
            "\"".repeat(100_001),
            "\\\"".repeat(100_000),
            "10.0.0.2,".repeat(100_000) + "10.0.0.2",
            "for=10.0.0.2,".repeat(100_000) + "for=10.0.0.2",
            "\u0000\r\n\u2028",
            ";".repeat(8_000),
            "=".repeat(8_000))) {
      for (String header : List.of("Forwarded", "X-Forwarded-For")) {
        assertThat(from("10.0.0.1", header, hostile).address()).isEqualTo("unknown");
        assertThat(from("10.0.0.1", header, hostile + ",for=203.0.113.9").address())
            .isEqualTo(header.equals("Forwarded") ? "203.0.113.9" : "unknown");
      }
      assertThat(from("10.0.0.1", "X-Forwarded-Proto", hostile).scheme()).isEqualTo("http");
    }
  }

  @Test
  void looksOnlyAtTheEndOfAHugeHeader() {
    String header = "6.6.6.6,".repeat(1_000_000) + "203.0.113.9";

    assertThat(from("10.0.0.1", "X-Forwarded-For", header).address()).isEqualTo("203.0.113.9");
  }

  @Test
  void readsPeersThatAreNoPlainAddress() {
    assertThat(from("::ffff:10.0.0.1", "X-Forwarded-For", "203.0.113.9").address())
        .isEqualTo("203.0.113.9");
    assertThat(from("0:0:0:0:0:ffff:cb00:7109").address()).isEqualTo("203.0.113.9");
    assertThat(from("unix:/run/app.sock", "X-Forwarded-For", "203.0.113.9").address())
        .isEqualTo("unix:/run/app.sock");
  }

  private static Origin from(String peer, String... headers) {
    Map<String, List<String>> byName = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      byName.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
    }
    return PROXIES.origin(peer, "http", "inside:8080", byName::get);
  }
}
