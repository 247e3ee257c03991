package dev.vigil.examples.service;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The demo as people meet it: over HTTP, with its real servers broken and mended. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class DemoServiceIT {

  private static final String TOKEN = "demo-token-for-tests";

  /** A check's own 3 s, five-fold for a busy machine. */
  private static final Duration SAYS_SO = ofSeconds(15);

  private static final Duration RECOVERS = ofSeconds(30);
  private static final ObjectMapper json = new ObjectMapper();
  private static final HttpClient client = HttpClient.newHttpClient();

  private static DemoService demo;

  @BeforeAll
  static void start() throws Exception {
    demo =
        DemoService.start(
            Settings.from(
                Map.of("PORT", "0", "ADMIN_TOKEN", TOKEN, "VIGIL_PROFILE", "production")));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void allChecksAreHealthyOnTheEmbeddedServers() {
    await()
        .atMost(RECOVERS)
        .untilAsserted(
            () -> assertThat(details("/health").path("status").asText()).isEqualTo("healthy"));

    JsonNode checks = details("/health").path("checks");
    assertThat(checks.fieldNames())
        .toIterable()
        .containsExactly("database", "cache", "stripe", "memory", "disk", "deadlock");
    assertThat(checks.path("memory").path("memoryUsage").path("used").asLong()).isPositive();
    assertThat(details("/health").path("version").asText()).isEqualTo("0.1.0");
    assertThat(details("/health").path("uptime").isNumber()).isTrue();
  }

  @Test
  void anonymousCallersSeeTheOverallWordInProduction() {
    JsonNode body = get(demo.port(), "/health", null, 200);

    assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("status", "timestamp");
  }

  @Test
  void wrongCredentialsAreRefused() throws Exception {
    HttpResponse<String> response = send("GET", demo.port(), "/health", "wrong", null);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).doesNotContain("checks");
  }

  @Test
  void ordersAreReallyStored() throws Exception {
    HttpResponse<String> placed =
        send("POST", demo.port(), "/api/orders", null, "{\"item\":\"a book\",\"quantity\":2}");

    assertThat(placed.statusCode()).isEqualTo(201);
    JsonNode order = json.readTree(placed.body());
    assertThat(get(demo.port(), "/api/orders", null, 200).get(0)).isEqualTo(order);
    try (var connection = demo.database().pool().getConnection();
        var query = connection.createStatement();
        var rows = query.executeQuery("select item from orders where id = " + order.path("id"))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("a book");
    }
  }

  @Test
  void badOrdersAreRefusedWithTheReason() throws Exception {
    HttpResponse<String> response =
        send("POST", demo.port(), "/api/orders", null, "{\"item\":\"x\",\"quantity\":0}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("quantity must be 1 to 1000");
  }

  @Test
  void ordersTellEachClientItsLimit() throws Exception {
    HttpResponse<String> answer = send("GET", demo.port(), "/api/orders", null, null);

    assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"api\";q=10000;w=60");
    assertThat(answer.headers().firstValue("RateLimit")).get().asString().startsWith("\"api\";r=");
    assertThat(send("GET", demo.port(), "/health", null, null).headers().firstValue("RateLimit"))
        .isEmpty();
  }

  @Test
  void overItsLimitAClientIsToldWhenToComeBack() throws Exception {
    try (DemoService strict =
        DemoService.start(
            Settings.from(Map.of("PORT", "0", "ADMIN_TOKEN", TOKEN, "RATE_LIMIT", "3")))) {
      HttpResponse<String> answer = null;
      for (int i = 0; i < 8; i++) { // a window's edge may lie between them
        answer = send("GET", strict.port(), "/api/orders", null, null);
        if (answer.statusCode() == 429) {
          break;
        }
      }

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(send("GET", strict.port(), "/api/orders", TOKEN, null).statusCode())
          .as("another client: the one with the token")
          .isEqualTo(200);
      assertThat(send("GET", strict.port(), "/health/live", null, null).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void withRedisKilledHealthSaysSoAndRecovers() throws Exception {
    breakAndMend("cache", "unhealthy", 503);
  }

  @Test
  void withPostgresStoppedHealthSaysSoAndRecovers() throws Exception {
    breakAndMend("database", "unhealthy", 503);
  }

  @Test
  void withTheVendorHangingHealthIsDegradedAndRecovers() throws Exception {
    breakAndMend("vendor", "degraded", 200);
  }

  @Test
  void failingAnswersFireAnAlertThatIsToldAndResolves() throws Exception {
    assertThat(send("GET", demo.port(), "/alerts", null, null).statusCode()).isEqualTo(401);
    assertThat(send("GET", demo.port(), "/demo/inbox", null, null).statusCode()).isEqualTo(401);
    assertThat(send("POST", demo.port(), "/demo/inbox", null, "{}").statusCode()).isEqualTo(401);

    turn("errors", true);
    await().atMost(RECOVERS).until(() -> alertState("high-error-rate").equals("pending"));
    await().atMost(RECOVERS).until(() -> alertState("high-error-rate").equals("firing"));
    await().atMost(RECOVERS).until(() -> told().contains("\"status\":\"firing\""));
    assertThat(told()).contains("high-error-rate", "% of all requests fail");

    turn("errors", false);
    await().atMost(RECOVERS).until(() -> told().contains("\"status\":\"resolved\""));
    assertThat(alertState("high-error-rate")).isNotEqualTo("firing");
  }

  private static String told() throws Exception {
    return send("GET", demo.port(), "/demo/inbox", TOKEN, null).body();
  }

  private static String alertState(String rule) {
    for (JsonNode one : get(demo.port(), "/alerts", TOKEN, 200).path("rules")) {
      if (one.path("name").asText().equals(rule)) {
        return one.path("state").asText();
      }
    }
    return "no such rule";
  }

  private static void breakAndMend(String fault, String whole, int code) throws Exception {
    String check = fault.equals("vendor") ? "stripe" : fault;
    await()
        .atMost(RECOVERS)
        .untilAsserted(
            () -> assertThat(details("/health").path("status").asText()).isEqualTo("healthy"));
    turn(fault, true);
    long begin = System.nanoTime();

    await()
        .atMost(SAYS_SO.plusSeconds(10)) // the vendor is asked every 10 s
        .untilAsserted(
            () -> assertThat(checkStatus(check)).as("%s is broken", fault).isEqualTo("unhealthy"));
    System.out.printf(
        "%s broken: /health said so after %d ms%n",
        fault, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    HttpResponse<String> body = send("GET", demo.port(), "/health", TOKEN, null);
    assertThat(json.readTree(body.body()).path("status").asText()).isEqualTo(whole);
    assertThat(body.statusCode()).isEqualTo(code);

    long slowest = 0;
    for (int i = 0; i < 20; i++) {
      long before = System.nanoTime();
      get(demo.port(), "/health/live", null, 200);
      get(demo.adminPort(), "/health/live", null, 200);
      slowest = Math.max(slowest, System.nanoTime() - before);
    }
    System.out.printf(
        "%s broken: slowest of 40 liveness answers (in pairs) %d ms%n",
        fault, TimeUnit.NANOSECONDS.toMillis(slowest));
    assertThat(Duration.ofNanos(slowest)).isLessThan(ofSeconds(4)); // 800 ms, five-fold

    turn(fault, false);
    await()
        .atMost(RECOVERS)
        .untilAsserted(
            () -> assertThat(details("/health").path("status").asText()).isEqualTo("healthy"));
  }

  private static void turn(String fault, boolean on) throws Exception {
    assertThat(
            send("POST", demo.port(), "/demo/faults/" + fault + "?on=" + on, TOKEN, "")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void faultsNeedTheAdminToken() throws Exception {
    assertThat(send("POST", demo.port(), "/demo/faults/cache?on=true", null, "").statusCode())
        .isEqualTo(401);
    assertThat(checkStatus("cache")).isEqualTo("healthy");
  }

  private static String checkStatus(String check) {
    return details("/health").path("checks").path(check).path("status").asText();
  }

  private static JsonNode details(String path) {
    try {
      return json.readTree(send("GET", demo.port(), path, TOKEN, null).body());
    } catch (Exception failure) {
      throw new AssertionError("no JSON from " + path, failure);
    }
  }

  private static JsonNode get(int port, String path, String token, int expected) {
    try {
      HttpResponse<String> response = send("GET", port, path, token, null);
      assertThat(response.statusCode()).as(path).isEqualTo(expected);
      return json.readTree(response.body());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no answer from " + path, failure);
    }
  }

  private static HttpResponse<String> send(
      String method, int port, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(ofSeconds(20))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
