package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.TrustedProxies;
import dev.vigil.headers.SecurityHeaders;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The redirect to HTTPS behind a proxy that this machine plays, with what hostile clients send. */
class RedirectIT {

  private static final Map<Container.Kind, Container> RUNNING = new EnumMap<>(Container.Kind.class);

  @TempDir static Path folder;

  @BeforeAll
  static void startContainers() throws Exception {
    for (Container.Kind kind : Container.Kind.ofThisRun()) {
      TrustedProxies proxies = TrustedProxies.loopback().onlyXForwarded();
      RUNNING.put(
          kind,
          kind.start(
              folder,
              true,
              context -> {
                HttpsRedirectFilter.toSameHostOf("127.0.0.1", "www.example.com")
                    .trustedProxies(proxies)
                    .except("/no-content")
                    .build()
                    .addTo(context);
                SecurityHeadersFilter.builder(SecurityHeaders.api())
                    .trustedProxies(proxies)
                    .build()
                    .addTo(context);
                Scenarios.addTo(context);
              }));
    }
  }

  @AfterAll
  static void stopContainers() throws Exception {
    for (Container container : RUNNING.values()) {
      container.stop();
    }
  }

  static List<Container.Kind> kinds() {
    return Container.Kind.ofThisRun();
  }

  private static Client client(Container.Kind kind) {
    return new Client(RUNNING.get(kind).port());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPlainRequestIsSentToHttpsForGoodWithItsQueryAndMethod(Container.Kind kind)
      throws Exception {
    HttpResponse<String> response =
        client(kind).send("POST", "/plain?a=b%20c&d", "x", "X-Forwarded-Proto", "http");

    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(response.headers().allValues("Location"))
        .containsExactly("https://127.0.0.1/plain?a=b%20c&d");
    assertThat(response.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aRequestThatCameByHttpsPassesAndCarriesHsts(Container.Kind kind) throws Exception {
    HttpResponse<String> response = client(kind).get("/plain", "X-Forwarded-Proto", "HTTPS");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Strict-Transport-Security"))
        .containsExactly("max-age=63072000; includeSubDomains");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aHostThatIsNotAllowedIsRefused(Container.Kind kind) throws Exception {
    HttpResponse<String> response =
        client(kind).get("/plain", "X-Forwarded-Proto", "http", "X-Forwarded-Host", "evil.example");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Location")).isEmpty();
    assertThat(response.body()).doesNotContain("evil");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aSchemeThatIsNoneIsNotBelievedAndGoesNowhere(Container.Kind kind) throws Exception {
    HttpResponse<String> response =
        client(kind).get("/plain", "X-Forwarded-Proto", "evil_protocol://x");

    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(response.headers().allValues("Location")).containsExactly("https://127.0.0.1/plain");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void exemptPathsStayPlain(Container.Kind kind) throws Exception {
    assertThat(client(kind).get("/no-content").statusCode()).isEqualTo(204);
    assertThat(client(kind).get("/.well-known/acme-challenge/x").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLoopIsBrokenTheSecondTimeWithTheReason(Container.Kind kind) throws Exception {
    HttpResponse<String> first = client(kind).get("/plain?x");
    String cookie = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    HttpResponse<String> second = client(kind).get("/plain?x", "Cookie", cookie);
    HttpResponse<String> elsewhere = client(kind).get("/plain?y", "Cookie", cookie);

    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(second.body()).contains("the proxy in front ends TLS without saying so");
    assertThat(elsewhere.statusCode()).isEqualTo(308);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aSecureRequestClearsTheCookieThatWatchesForLoops(Container.Kind kind) throws Exception {
    HttpResponse<String> response =
        client(kind).get("/plain", "X-Forwarded-Proto", "https", "Cookie", "vigil-https=1");

    assertThat(response.headers().allValues("Set-Cookie"))
        .containsExactly("vigil-https=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hostileRequestLinesNeverSplitAnAnswerNorLeaveTheHost(Container.Kind kind) throws Exception {
    for (String target :
        List.of(
            "//evil.example/",
            "/\\evil.example",
            "/%0d%0aX-Evil:%201",
            "/@evil.example",
            "/plain?x=%0d%0aSet-Cookie:%20a=b",
            "http://evil.example/plain",
            "/plain;@evil.example/..%2f",
            "/?" + "a".repeat(6000))) {
      String answer = raw(kind, target);
      String location =
          answer
              .lines()
              .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("location:"))
              .findFirst()
              .orElse("");

      assertThat(answer.lines().map(String::strip))
          .describedAs(target)
          .noneMatch(line -> line.startsWith("X-Evil") || line.startsWith("Set-Cookie: a=b"));
      if (!location.isEmpty()) {
        assertThat(location.substring(9).strip()).startsWith("https://127.0.0.1/");
      } else {
        assertThat(answer).describedAs(target).startsWith("HTTP/1.1 400");
      }
    }
  }

  private static String raw(Container.Kind kind, String target) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", RUNNING.get(kind).port())) {
      socket.setSoTimeout(10_000);
      String request =
          "GET "
              + target
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n"
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }
  }
}
