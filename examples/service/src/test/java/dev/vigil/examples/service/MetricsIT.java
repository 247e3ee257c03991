package dev.vigil.examples.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets from the demo, and whether the dashboard asks for what is there. */
class MetricsIT {

  private static final String TOKEN = "demo-token-for-tests";
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool"); // Debian: prometheus
  private static final Path DASHBOARD =
      Path.of("..", "..", "core", "metrics", "grafana", "vigil-dashboard.json");

  /** Of modules that the demo does not have; who adds one has to take its name away here. */
  private static final Set<String> NOT_IN_THE_DEMO =
      Set.of("vigil_alerts", "vigil_log_dropped_total");

  private static final HttpClient client = HttpClient.newHttpClient();

  private static DemoService demo;
  private static String scrape;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    demo = DemoService.start(Settings.from(Map.of("PORT", "0", "ADMIN_TOKEN", TOKEN)));
    assertThat(send("POST", "/api/orders", "{\"item\":\"a book\",\"quantity\":2}")).isEqualTo(201);
    assertThat(send("GET", "/api/orders", "")).isEqualTo(200);
    assertThat(send("GET", "/nowhere", "")).isEqualTo(404);
    System.gc(); // the meter of pauses comes with the first
    await()
        .atMost(ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(scrape())
                    .contains("jvm_gc_pause_seconds_count", "vigil_health_status{check=\"cache\"")
                    .contains("uri=\"NOT_FOUND\""));
    scrape = scrape();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static String scrape() throws Exception {
    HttpResponse<String> answer = get(demo.adminPort(), "none");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    return answer.body();
  }

  private static HttpResponse<String> get(int port, String token) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int send(String method, String path, String body) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + demo.port() + path))
                .method(method, BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void theServicesPortWantsTheToken() throws Exception {
    HttpResponse<String> refused = get(demo.port(), "wrong");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(refused.body()).isEmpty();
    assertThat(get(demo.port(), TOKEN).body()).contains("http_server_requests_seconds_count");
  }

  @Test
  void everySeriesSaysWhoseItIs() {
    assertThat(scrape.lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allMatch(line -> line.contains("service=\"orders\""))
        .allMatch(line -> line.contains("environment=\"staging\""))
        .allMatch(line -> line.contains("version=\"0.1.0\"") || line.startsWith("jvm_info{"))
        .allMatch(line -> line.contains("instance=\""));
  }

  @Test
  void ordersCountAndQueriesAreTimed() {
    assertThat(value("work_orders_total")) // the format keeps the ending _created to itself
        .isEqualTo(1);
    assertThat(value("api_calls_total")).isGreaterThanOrEqualTo(2);
    assertThat(value("api_response_time_seconds_count")).isGreaterThanOrEqualTo(2);
    assertThat(value("database_query_time_seconds_count")).isGreaterThanOrEqualTo(1);
    assertThat(value("cache_hit_rate_count")).isEqualTo(1);
  }

  private static double value(String metric) {
    String line =
        scrape.lines().filter(it -> it.startsWith(metric + "{")).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Test
  void promtoolFindsNothingButMicrometersOwnNames() throws Exception {
    boolean there = Files.isExecutable(PROMTOOL);
    if (System.getenv("CI") != null) {
      assertThat(there).as("%s is installed", PROMTOOL).isTrue();
    }
    assumeTrue(there, "needs " + PROMTOOL + ", which Debian's package prometheus brings");
    Path text = Files.writeString(directory.resolve("metrics.txt"), scrape, UTF_8);
    Process promtool =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .start();
    String found = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    assertThat(promtool.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertThat(found.lines().map(line -> line.split(" ")[0]))
        .as(found)
        .containsExactlyInAnyOrder("process_cpu_time_ns_total", "system_cpu_count");
  }

  @Test
  void theDashboardAsksForNothingThatIsNotThere() throws Exception {
    List<String> queries =
        new ObjectMapper()
            .readTree(DASHBOARD.toFile()).findValues("expr").stream()
                .map(JsonNode::asText)
                .toList();
    Set<String> asked = new TreeSet<>();
    Set<String> labels = new TreeSet<>();
    queries.forEach(
        query -> {
          assertThat(Scrape.metricsOf(query)).as(query).isNotEmpty();
          asked.addAll(Scrape.metricsOf(query));
          labels.addAll(Scrape.labelsOf(query));
        });

    assertThat(queries).hasSizeGreaterThan(25);
    assertThat(asked)
        .contains("http_server_requests_seconds_bucket", "vigil_health_stuck")
        .containsAll(NOT_IN_THE_DEMO);
    assertThat(Scrape.metrics(scrape)).doesNotContainAnyElementsOf(NOT_IN_THE_DEMO);
    asked.removeAll(NOT_IN_THE_DEMO);
    assertThat(Scrape.metrics(scrape)).containsAll(asked);
    labels.removeAll(Set.of("rule", "state")); // of vigil_alerts; "state" is a thread's too
    assertThat(Scrape.labels(scrape)).containsAll(labels);
  }
}
