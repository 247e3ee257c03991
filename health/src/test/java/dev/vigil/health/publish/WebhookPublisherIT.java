package dev.vigil.health.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.health.HealthChange;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.RawServer;
import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class WebhookPublisherIT {

  private final List<JsonNode> posts = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private final List<Throwable> reported = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          posts.add(new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private WebhookPublisher.Builder to(int port) {
    return WebhookPublisher.to(URI.create("http://127.0.0.1:" + port + "/planted-path"))
        .profile(Profile.PRODUCTION)
        .header("Authorization", Secret.of("Bearer planted-token"))
        .errorReporter((doing, failure) -> reported.add(failure));
  }

  private WebhookPublisher.Builder webhook() {
    return to(server.getAddress().getPort());
  }

  private static HealthChange change(String check, HealthStatus to) {
    return new HealthChange(
        check,
        HealthStatus.HEALTHY,
        to,
        Instant.parse("2026-01-01T00:00:00Z"),
        "password=planted1x");
  }

  @Test
  void postsTheWholeReportWhereAskedTo() {
    try (HealthRegistry registry =
            HealthRegistry.builder()
                .check(
                    "database",
                    context -> HealthResult.unhealthy("down, password=hunter2").with("pool", 7))
                .build();
        WebhookPublisher publisher = webhook().withReport(registry).build()) {
      registry.addListener(publisher);

      registry.check();

      await().untilAsserted(() -> assertThat(posts).hasSize(1));
      JsonNode post = posts.get(0);
      assertThat(post.at("/changes/0/check").asText()).isEqualTo("database");
      assertThat(post.at("/report/status").asText()).isEqualTo("unhealthy");
      assertThat(post.at("/report/checks/database/pool").asInt()).isEqualTo(7);
      assertThat(post.toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void postsTheFirstChangeAtOnceAndThoseOfAGapTogether() {
    FakeTime time = new FakeTime();
    try (WebhookPublisher webhook = webhook().ticker(time).build()) {
      webhook.changed(change("first", HealthStatus.UNHEALTHY));
      await().until(() -> posts.size() == 1);
      time.awaitWaiting(0);

      webhook.changed(change("second", HealthStatus.DEGRADED));
      webhook.changed(change("third", HealthStatus.UNHEALTHY));
      time.awaitWaiting(1);
      assertThat(posts).hasSize(1);
      await()
          .until(
              () -> {
                time.advance(Duration.ofSeconds(20));
                return posts.size() == 2;
              });

      assertThat(posts.get(0))
          .hasToString(
              "{\"changes\":[{\"check\":\"first\",\"from\":\"healthy\",\"to\":\"unhealthy\","
                  + "\"at\":\"2026-01-01T00:00:00Z\",\"message\":\"password=***\"}],\"dropped\":0}");
      assertThat(posts.get(1).path("changes")).hasSize(2);
      assertThat(credentials).containsOnly("Bearer planted-token");
    }
  }

  @Test
  void hearsOfARegistrysChanges() {
    try (WebhookPublisher webhook = webhook().build();
        HealthRegistry registry =
            HealthRegistry.builder()
                .listener(webhook)
                .check("database", c -> HealthResult.unhealthy("down"), c -> c.inline())
                .check("fine", c -> HealthResult.healthy(), c -> c.inline())
                .build()) {
      registry.check();

      await().until(() -> posts.size() == 1);
      assertThat(posts.get(0).path("changes").get(0).path("to").asText()).isEqualTo("unhealthy");
      assertThat(posts.get(0).path("changes").get(0).has("from")).isFalse();
      assertThat(posts.get(0).path("changes")).as("healthy at first is no news").hasSize(1);
    }
  }

  @Test
  void reportsWhatIsRefusedAndCountsItAsDropped() {
    status = 400;
    try (WebhookPublisher webhook = webhook().minimumGap(Duration.ZERO).build()) {
      webhook.changed(change("first", HealthStatus.UNHEALTHY));
      await().until(() -> reported.size() == 1);
      status = 204;
      webhook.changed(change("second", HealthStatus.UNHEALTHY));
      await().until(() -> posts.size() == 2);

      assertThat(posts.get(1).path("dropped").asInt()).isEqualTo(1);
      assertThat(reported.get(0)).hasMessage("the webhook answered HTTP status 400");
    }
  }

  @Test
  void reportsThatNobodyListensWithoutThePath() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket(0)) {
      closed = free.getLocalPort();
    }
    try (WebhookPublisher webhook = to(closed).profile(Profile.STAGING).build()) {
      webhook.changed(change("first", HealthStatus.UNHEALTHY));

      await().atMost(Duration.ofSeconds(20)).until(() -> reported.size() == 1);
      assertThat(reported.get(0).getMessage()).startsWith("cannot connect to http://127.0.0.1:");
      assertThat(reported.get(0).toString()).doesNotContain("planted");
    }
  }

  @Test
  void closesWhileTheWebhookIsSilent() throws Exception {
    try (RawServer silent = RawServer.silent()) {
      WebhookPublisher webhook = to(silent.port()).build();
      webhook.changed(change("first", HealthStatus.UNHEALTHY));

      webhook.close();
      webhook.close();
      webhook.changed(change("second", HealthStatus.UNHEALTHY));
    }
  }

  @Test
  void dropsTheOldestOfMoreThanAHundred() throws Exception {
    FakeTime time = new FakeTime();
    try (WebhookPublisher webhook = webhook().ticker(time).build()) {
      webhook.changed(change("first", HealthStatus.UNHEALTHY));
      await().until(() -> posts.size() == 1);
      for (int i = 0; i < 130; i++) {
        webhook.changed(change("check" + i, HealthStatus.UNHEALTHY));
      }
      await()
          .until(
              () -> {
                time.advance(Duration.ofSeconds(20));
                return posts.size() == 2;
              });

      assertThat(posts.get(1).path("changes")).hasSize(100);
      assertThat(posts.get(1).path("changes").get(0).path("check").asText()).isEqualTo("check30");
      assertThat(posts.get(1).path("dropped").asInt()).isEqualTo(30);
    }
  }

  @Test
  void refusesWhatIsNoWebhook() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookPublisher.to(URI.create("https://user:planted@host/")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("planted"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookPublisher.to(URI.create("ftp://host/")));
  }
}
