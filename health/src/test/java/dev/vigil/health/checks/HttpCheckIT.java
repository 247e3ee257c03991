package dev.vigil.health.checks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.vigil.core.Secret;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCheckIT {

  private static final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().dynamicHttpsPort());

  @BeforeAll
  static void start() {
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void reset() {
    server.resetAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void isHealthyWhereTheServerAnswers(int status) {
    server.stubFor(get("/x").willReturn(aResponse().withStatus(status)));

    HealthResult result = run(HttpCheck.get(uri("/x")));

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.data()).containsEntry("httpStatus", status);
  }

  @Test
  void asksByHead() {
    server.stubFor(head(urlEqualTo("/x")).willReturn(ok()));

    assertThat(run(HttpCheck.head(uri("/x"))).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void sendsHeadersAndShowsNoneOfTheirValues() {
    server.stubFor(get("/x").willReturn(aResponse().withStatus(500).withBody("hunter2")));

    HealthResult result =
        run(
            HttpCheck.get(uri("/x"))
                .header("Authorization", Secret.of("Bearer hunter2"))
                .header("Accept", "text/html")
                .header("accept", "application/json"));

    server.verify(
        getRequestedFor(urlEqualTo("/x"))
            .withHeader("Authorization", equalTo("Bearer hunter2"))
            .withHeader("Accept", equalTo("application/json"))
            .withHeader("User-Agent", equalTo("vigil-health")));
    assertThat(result.toString()).contains("HTTP 500").doesNotContain("hunter2");
  }

  @Test
  void followsARedirectWithinTheHost() {
    server.stubFor(get("/x").willReturn(temporaryRedirect("/y")));
    server.stubFor(get("/y").willReturn(ok("there")));

    HealthResult result = run(HttpCheck.get(uri("/x")).bodyMatching("there"::equals));

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void doesNotFollowARedirectThatIsExpected() {
    server.stubFor(get("/x").willReturn(temporaryRedirect("/y")));

    assertThat(run(HttpCheck.get(uri("/x")).expecting(302)).status())
        .isEqualTo(HealthStatus.HEALTHY);
    server.verify(0, getRequestedFor(urlEqualTo("/y")));
  }

  @Test
  void followsNoRedirectToAnotherHostAndSendsNoSecretThere() {
    server.stubFor(
        get("/x")
            .willReturn(temporaryRedirect("http://localhost:" + server.port() + "/y?hunter2")));

    HealthResult result =
        run(HttpCheck.get(uri("/x")).header("Authorization", Secret.of("Bearer hunter2")));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("redirected to another host, which is not followed");
    assertThat(result.toString()).doesNotContain("hunter2");
    server.verify(0, getRequestedFor(urlEqualTo("/y?hunter2")));
  }

  @Test
  void leavesARedirectLoopAfterFiveRounds() {
    server.stubFor(get("/x").willReturn(temporaryRedirect("/x")));

    HealthResult result = run(HttpCheck.get(uri("/x")));

    assertThat(result.message()).isEqualTo("redirected more than 5 times");
    server.verify(6, getRequestedFor(urlEqualTo("/x")));
  }

  @Test
  void saysWhereARedirectLeadsNowhere() {
    server.stubFor(get("/x").willReturn(aResponse().withStatus(301)));

    assertThat(run(HttpCheck.get(uri("/x"))).message())
        .isEqualTo("redirected without a usable Location");
  }

  @Test
  void isDegradedWhereTheServerIsAskedTooOften() {
    server.stubFor(
        get("/x").willReturn(aResponse().withStatus(429).withHeader("Retry-After", "30")));

    HealthResult result = run(HttpCheck.get(uri("/x")));

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.data()).containsEntry("retryAfterSeconds", 30);
  }

  @Test
  void isDegradedWhereTheAnswerComesSlowly() {
    server.stubFor(get("/x").willReturn(ok().withFixedDelay(60)));

    HealthResult result = run(HttpCheck.get(uri("/x")).degradedOver(Duration.ofMillis(50)));

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).startsWith("slow: answered in ").endsWith(" ms, over 50 ms");
    assertThat(result.data()).containsEntry("httpStatus", 200);
  }

  @Test
  void showsTheExpectationTheFirst64KilobytesOfALongBody() {
    server.stubFor(get("/x").willReturn(ok("x".repeat(BodyStart.LIMIT) + "more")));

    HealthResult result =
        run(HttpCheck.get(uri("/x")).bodyMatching(body -> body.length() == 64 * 1024));

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void trustsNoCertificateThatTheJvmDoesNotTrust() {
    URI uri = URI.create("https://localhost:" + server.httpsPort() + "/x");

    HealthResult result = run(HttpCheck.get(uri));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("no secure connection");
  }

  @Test
  void trustsWhatTheGivenContextTrusts() throws Exception {
    server.stubFor(get("/x").willReturn(ok()));
    SSLContext anything = SSLContext.getInstance("TLS");
    anything.init(null, new TrustManager[] {new TrustsAll()}, null);
    URI uri = URI.create("https://localhost:" + server.httpsPort() + "/x");

    HealthResult result = run(HttpCheck.get(uri).sslContext(anything));

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HealthResult run(HttpCheck check) {
    return check.check(FakeContext.tenSeconds());
  }

  /** For a certificate that was made for tests and says nothing of this host. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
