package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.alerts.notify.AlertmanagerNotifier;
import dev.vigil.core.Secret;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside Debian's Prometheus and Alertmanager. The engine's clock is fast, so that Alertmanager is
 * told again each three seconds.
 */
class PrometheusIT {

  private static final String PROMETHEUS = "/usr/bin/prometheus";
  private static final String ALERTMANAGER = "/usr/bin/prometheus-alertmanager";

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-alerts-");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger load = registry.gauge("load", new AtomicInteger());
  private final AtomicInteger other = registry.gauge("other", new AtomicInteger());

  /** "firing busy", as Alertmanager tells its receiver. */
  private final List<String> told = new CopyOnWriteArrayList<>();

  @TempDir Path directory;
  private HttpServer server;
  private Daemon alertmanager;

  @BeforeAll
  static void installed() {
    Daemon.needs(PROMETHEUS);
    Daemon.needs(ALERTMANAGER);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/told",
        exchange -> {
          JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
          for (JsonNode alert : body.get("alerts")) {
            told.add(
                alert.get("status").asText() + " " + alert.get("labels").get("alertname").asText());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] page = registry.scrape().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    Files.writeString(
        directory.resolve("alertmanager.yml"),
        """
        route:
          receiver: us
          group_by: [alertname]
          group_wait: 0s
          group_interval: 1s
          repeat_interval: 1h
        receivers:
          - name: us
            webhook_configs:
              - url: http://localhost:%d/told
        """
            .formatted(port()));
    alertmanager =
        Daemon.start(
            directory.resolve("alertmanager.log"),
            ALERTMANAGER,
            "--config.file=" + directory.resolve("alertmanager.yml"),
            "--storage.path=" + directory.resolve("alertmanager"),
            "--cluster.listen-address=");
  }

  @AfterEach
  void stop() {
    if (alertmanager != null) {
      alertmanager.close();
    }
    server.stop(0);
  }

  @Test
  void alertmanagerSeesOneAlertFromTheTriggerToTheEndOverARestart() throws Exception {
    AlertEngine first = engine();
    load.set(90);
    await(() -> told.contains("firing busy"));
    JsonNode alert = alert("busy");
    Instant ends = Instant.parse(alert.get("endsAt").asText());
    assertThat(alert.get("labels").get("severity").asText()).isEqualTo("critical");

    await(() -> Instant.parse(alert("busy").get("endsAt").asText()).isAfter(ends));

    first.close();
    AlertEngine second = engine();
    await(() -> second.view().evaluations() > 3);
    JsonNode after = alert("busy");
    assertThat(after.get("fingerprint")).isEqualTo(alert.get("fingerprint"));
    assertThat(after.get("startsAt")).isEqualTo(alert.get("startsAt"));
    assertThat(second.view().rules().get(0).state()).isEqualTo(AlertState.FIRING);

    load.set(10);
    await(() -> told.contains("resolved busy"));
    second.close();
    assertThat(told).containsExactly("firing busy", "resolved busy");
  }

  @Test
  void silencesHoldOnBothSides() throws Exception {
    try (AlertEngine engine = engine()) {
      Silence ours = engine.silence(Map.of("rule", "other"), Duration.ofHours(1), "tested");
      alertmanager.post(
          "/api/v2/silences",
          """
          {"matchers":[{"name":"alertname","value":"busy","isRegex":false}],
           "startsAt":"%s","endsAt":"%s","createdBy":"us","comment":"tested"}
          """
              .formatted(Instant.now(), Instant.now().plusSeconds(3600)));
      other.set(90);
      load.set(90);

      await(() -> alert("busy").get("status").get("state").asText().equals("suppressed"));
      assertThat(alertmanager.get("/api/v2/alerts")).hasSize(1);
      assertThat(told).isEmpty();

      engine.endSilence(ours.id());
      await(() -> told.contains("firing other"));
      assertThat(told).containsExactly("firing other");
    }
  }

  @Test
  void prometheusScrapesUsAndSeesTheSameState() throws Exception {
    Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 500ms, scrape_timeout: 500ms}
        scrape_configs:
          - job_name: us
            static_configs: [{targets: ["localhost:%d"]}]
        """
            .formatted(port()));
    try (AlertEngine engine = engine();
        Daemon prometheus =
            Daemon.start(
                directory.resolve("prometheus.log"),
                PROMETHEUS,
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("prometheus"))) {
      load.set(90);

      await(() -> value(prometheus, "up").equals("1"));
      await(() -> value(prometheus, "vigil_alerts{rule=\"busy\",state=\"firing\"}").equals("1"));
      assertThat(value(prometheus, "vigil_alerts{rule=\"other\",state=\"firing\"}")).isEqualTo("0");
      assertThat(engine.view().rules().get(0).state()).isEqualTo(AlertState.FIRING);
    }
  }

  private AlertEngine engine() {
    return AlertEngine.builder(registry)
        .ticker(new FastTicker())
        .interval(Duration.ofSeconds(5)) // a quarter of a second
        .stateFile(directory.resolve("alerts.json"))
        .channel("alertmanager", AlertmanagerNotifier.of(Secret.of(alertmanager.url())))
        .rule(rule("busy", "load > 80"))
        .rule(rule("other", "other > 80"))
        .build()
        .start();
  }

  private static AlertRule rule(String name, String condition) {
    return AlertRule.builder(name)
        .when(condition)
        .forAtLeast(Duration.ofSeconds(10))
        .severity(Severity.CRITICAL)
        .build();
  }

  private JsonNode alert(String name) throws IOException, InterruptedException {
    for (JsonNode alert : alertmanager.get("/api/v2/alerts")) {
      if (alert.get("labels").get("alertname").asText().equals(name)) {
        return alert;
      }
    }
    throw new IllegalStateException("Alertmanager has no alert " + name);
  }

  private static String value(Daemon prometheus, String query)
      throws IOException, InterruptedException {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    return prometheus.get(path).get("data").get("result").get(0).get("value").get(1).asText();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(30))
        .until(condition);
  }
}
