package dev.vigil.logging;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.testing.LeakedThreads;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatadogShipperIT {

  private static final String PATH = "/api/v2/logs";

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-datadog-");

  private final WireMockServer intake =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private DatadogShipper shipper;

  @BeforeEach
  void start() {
    intake.start();
    shipper =
        new DatadogShipper(
            URI.create(intake.baseUrl() + PATH),
            Secret.of("dd-key"),
            Profile.PRODUCTION,
            warnings::add);
  }

  @AfterEach
  void stop() {
    shipper.close();
    intake.stop();
  }

  private void write(int lines) {
    for (int i = 0; i < lines; i++) {
      byte[] line = ("{\"message\":\"line " + i + "\"}\n").getBytes(StandardCharsets.UTF_8);
      shipper.write(new Line(Level.INFO, line, line, line));
    }
  }

  private void answers(int status) {
    intake.stubFor(post(PATH).willReturn(aResponse().withStatus(status)));
  }

  private List<LoggedRequest> requests() {
    return intake.findAll(postRequestedFor(urlEqualTo(PATH)));
  }

  private static JsonNode body(LoggedRequest request) {
    try {
      return new ObjectMapper().readTree(request.getBody()); // which WireMock has decompressed
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void sendsWhatIsLeftWhenItIsClosed() {
    answers(202);
    write(3);

    shipper.close();

    assertThat(requests()).hasSize(1);
    assertThat(body(requests().get(0))).hasSize(3);
    assertThat(body(requests().get(0)).get(2).get("message").asText()).isEqualTo("line 2");
    intake.verify(
        postRequestedFor(urlEqualTo(PATH))
            .withHeader("DD-API-KEY", equalTo("dd-key"))
            .withHeader("Content-Encoding", equalTo("gzip"))
            .withHeader("Content-Type", equalTo("application/json")));
  }

  @Test
  void sendsAThousandLinesAtOnceAndFewerAfterTwoSeconds() {
    answers(202);
    write(1_500);

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> requests().size() == 2);

    assertThat(requests()).extracting(request -> body(request).size()).containsExactly(1_000, 500);
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 429, 408})
  void sendsAgainWhatTheIntakeCouldNotTake(int status) {
    intake.stubFor(
        post(PATH)
            .inScenario("retry")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(status))
            .willSetStateTo("better"));
    intake.stubFor(
        post(PATH)
            .inScenario("retry")
            .whenScenarioStateIs("better")
            .willReturn(aResponse().withStatus(202)));
    write(1);

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> requests().size() == 2);

    assertThat(warnings).isEmpty();
  }

  @Test
  void halvesABatchThatIsTooLarge() {
    intake.stubFor(
        post(PATH)
            .inScenario("large")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(413))
            .willSetStateTo("halves"));
    intake.stubFor(
        post(PATH)
            .inScenario("large")
            .whenScenarioStateIs("halves")
            .willReturn(aResponse().withStatus(202)));
    write(11);
    shipper.close();

    assertThat(requests()).extracting(request -> body(request).size()).containsExactly(11, 5, 6);
  }

  @Test
  void endsWithOneWarningWhereTheKeyIsRefused() {
    answers(403);
    write(1);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !warnings.isEmpty());

    write(2_000);
    shipper.close();

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("403", "DATADOG_API_KEY").doesNotContain("dd-key");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void closesInTimeWhereTheIntakeHangs() {
    intake.stubFor(post(PATH).willReturn(aResponse().withFixedDelay(60_000)));
    write(10);
    long start = System.nanoTime();

    shipper.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void dropsTheOldestBeyondItsBufferAndSaysSo() {
    answers(500);
    write(12_000);
    shipper.close();

    assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains("dropped"));
  }
}
