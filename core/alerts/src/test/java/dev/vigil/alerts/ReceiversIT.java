package dev.vigil.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.vigil.alerts.TestAlerts.firing;
import static dev.vigil.alerts.TestAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.vigil.alerts.notify.AlertmanagerNotifier;
import dev.vigil.alerts.notify.PagerDutyNotifier;
import dev.vigil.alerts.notify.SlackNotifier;
import dev.vigil.alerts.notify.WebhookNotifier;
import dev.vigil.core.Secret;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receivers that do what receivers do. */
class ReceiversIT {

  @RegisterExtension
  static final WireMockExtension receiver =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @RegisterExtension
  final LeakedThreads threads = LeakedThreads.named("vigil-alert").within(Duration.ofSeconds(5));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Outbox> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Outbox::close);
  }

  @Test
  void deliversOnceAfterTooManyRequests() {
    answers("/hook", status(429).withHeader("Retry-After", "1"), ok());
    Outbox outbox = outbox("hook", WebhookNotifier.of(at("/hook")), Duration.ofSeconds(10));

    publish(outbox, "hook", firing("a"));
    await().until(() -> count("hook", "delivered") == 1);
    assertThat(requests("/hook")).hasSize(2);
  }

  @Test
  void deliversOnceAfterAnErrorAndAClosedConnection() {
    answers("/hook", status(500), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), ok());
    Outbox outbox = outbox("hook", WebhookNotifier.of(at("/hook")), Duration.ofSeconds(10));

    publish(outbox, "hook", firing("a"));
    await().until(() -> count("hook", "delivered") == 1);
    publish(outbox, "hook", resolved("a"));
    await().until(() -> count("hook", "delivered") == 2);
    assertThat(requests("/hook")).hasSize(4);
    assertThat(count("hook", "failed")).isEqualTo(2);
  }

  @Test
  void sendsNothingTwiceThatWasRefused() {
    answers("/hook", status(400), ok());
    Outbox outbox = outbox("hook", WebhookNotifier.of(at("/hook")), Duration.ofSeconds(10));

    publish(outbox, "hook", firing("a"));
    await().until(() -> count("hook", "refused") == 1);
    publish(outbox, "hook", resolved("a"));
    publish(outbox, "hook", firing("b"));
    await().until(() -> count("hook", "delivered") == 1);
    assertThat(requests("/hook"))
        .extracting(request -> request.getBodyAsString().contains("\"fingerprint\":\"b\""))
        .containsExactly(false, true);
  }

  @Test
  void keepsNobodyWaitingForAReceiverThatHangs() {
    answers("/hook", ok().withFixedDelay(60_000), ok());
    receiver.stubFor(post(urlEqualTo("/other")).willReturn(ok()));
    Map<String, Notifier> channels = new LinkedHashMap<>();
    channels.put("hangs", WebhookNotifier.of(at("/hook")));
    channels.put("other", WebhookNotifier.of(at("/other")));
    Outbox outbox = outbox(channels, Duration.ofSeconds(2));

    long start = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      Alert alert = i % 2 == 0 ? firing("a") : resolved("a");
      outbox.publish("rule", List.of("hangs"), List.of(alert));
    }
    outbox.publish("rule", List.of("hangs", "other"), List.of(firing("a")));
    // A hundred microseconds each would be generous.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    await().until(() -> count("other", "delivered") == 1);
    assertThat(count("hangs", "delivered")).isZero();
    await().until(() -> count("hangs", "delivered") == 1);
    assertThat(requests("/hook")).hasSize(2);
  }

  @Test
  void closesWithinSecondsWhateverHangs() {
    receiver.stubFor(post(urlEqualTo("/hook")).willReturn(ok().withFixedDelay(60_000)));
    Outbox outbox = outbox("hook", WebhookNotifier.of(at("/hook")), Duration.ofSeconds(10));
    publish(outbox, "hook", firing("a"));
    await().until(() -> requests("/hook").size() == 1);

    long start = System.nanoTime();
    outbox.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void postsWhatEachReceiverTakes() {
    for (String path : List.of("/slack", "/pagerduty", "/am/api/v2/alerts", "/signed")) {
      receiver.stubFor(
          post(urlEqualTo(path)).willReturn(status(path.equals("/pagerduty") ? 202 : 200)));
    }
    Map<String, Notifier> channels = new LinkedHashMap<>();
    channels.put("slack", SlackNotifier.of(at("/slack")));
    channels.put(
        "pagerduty", PagerDutyNotifier.of(Secret.of("key"), URI.create(at("/pagerduty").reveal())));
    channels.put("am", AlertmanagerNotifier.of(at("/am/")));
    channels.put("signed", WebhookNotifier.signed(at("/signed"), Secret.of("shared")));
    Outbox outbox = outbox(channels, Duration.ofSeconds(10));

    outbox.publish("rule", List.copyOf(channels.keySet()), List.of(firing("a"), firing("b")));
    for (String channel : channels.keySet()) {
      await().until(() -> count(channel, "delivered") == (channel.equals("pagerduty") ? 2 : 1));
    }
    assertThat(requests("/am/api/v2/alerts").get(0).getBodyAsString())
        .startsWith("[{\"labels\":{\"alertname\":\"rule\",\"pod\":\"a\"");
    receiver.verify(
        postRequestedFor(urlEqualTo("/slack"))
            .withHeader("Content-Type", equalTo("application/json")));
    assertThat(requests("/signed").get(0).getHeader("X-Vigil-Signature"))
        .matches("t=[0-9]+,v1=[0-9a-f]{64}");
    assertThat(outbox.test()).hasSize(4).allMatch(ChannelOutcome::delivered);
  }

  @Test
  void saysWhereItCannotConnectWithoutThePath() {
    Outbox outbox =
        outbox(
            "hook",
            WebhookNotifier.of(Secret.of("http://localhost:1/secret/path")),
            Duration.ofSeconds(10));

    String problem = outbox.test().get(0).problem();
    assertThat(problem).startsWith("cannot connect to http://localhost:1").doesNotContain("path");
  }

  private Outbox outbox(String channel, Notifier notifier, Duration attempt) {
    return outbox(Map.of(channel, notifier), attempt);
  }

  private Outbox outbox(Map<String, Notifier> channels, Duration attempt) {
    Outbox outbox = Outbox.builder(channels, registry).attempt(attempt).build();
    opened.add(outbox);
    return outbox;
  }

  private static void publish(Outbox outbox, String channel, Alert alert) {
    outbox.publish("rule", List.of(channel), List.of(alert));
  }

  private static Secret at(String path) {
    return Secret.of("http://localhost:" + receiver.getPort() + path);
  }

  /** One after the other, the last for good. */
  private static void answers(String path, ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      receiver.stubFor(
          post(urlEqualTo(path))
              .inScenario(path)
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willSetStateTo("after " + Math.min(i + 1, answers.length - 1))
              .willReturn(answers[i]));
    }
  }

  private static List<LoggedRequest> requests(String path) {
    return receiver.findAll(postRequestedFor(urlEqualTo(path)));
  }

  private double count(String channel, String outcome) {
    return registry
        .get("vigil.alerts.notifications")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
