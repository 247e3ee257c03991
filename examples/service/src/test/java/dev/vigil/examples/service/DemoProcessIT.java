package dev.vigil.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own, ended as an orchestrator ends it. */
class DemoProcessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SECRET = "hunter2-of-the-demo";

  @TempDir private Path directory;

  @Test
  void logsAndReportsWithoutSecretsThenDrainsAndLeavesNoProcessBehind() throws Exception {
    int port = freePort();
    Path output = directory.resolve("output.txt");
    Path errors = directory.resolve("errors.txt");
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DemoService.class.getName());
    command.environment().put("PORT", String.valueOf(port));
    command.environment().put("ADMIN_PORT", "0");
    command.directory(directory.toFile());
    List<ProcessHandle> databasesBefore = databases();
    try (Envelopes sentry = new Envelopes()) {
      command.environment().put("SENTRY_DSN", sentry.dsn());
      Process demo = command.redirectError(errors.toFile()).redirectOutput(output.toFile()).start();
      try {
        await().atMost(PATIENCE).until(() -> status(port, "/health/ready") == 200);
        List<ProcessHandle> servers = new ArrayList<>(demo.descendants().toList());
        servers.addAll(databases());
        servers.removeAll(databasesBefore);
        assertThat(servers).as("PostgreSQL and Redis").hasSizeGreaterThanOrEqualTo(2);
        failTwice(port, token(errors));

        demo.destroy();

        await().atMost(PATIENCE).until(() -> status(port, "/health/ready") == 503);
        assertThat(status(port, "/health/live")).isEqualTo(200);
        assertThat(status(port, "/api/orders")).isEqualTo(200);
        assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(PATIENCE).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(sentry.with("asked to fail in a handler")).hasSize(1);
        assertThat(sentry.with("asked to fail in a thread")).hasSize(1);
        assertThat(sentry.all()).noneMatch(envelope -> envelope.contains(SECRET));
      } finally {
        demo.destroyForcibly();
      }
    }
    String said = Files.readString(errors);
    assertThat(said).containsOnlyOnce("admin token (ADMIN_TOKEN is not set)");
    assertThat(said).doesNotContain(SECRET);
    List<String> lines = Files.readAllLines(output);
    assertThat(lines).isEqualTo(Files.readAllLines(directory.resolve("logs/combined.log")));
    saysAllOnce(lines);
  }

  /** One of a handler, whose request has an id and a trace; one of a thread. */
  private static void failTwice(int port, String token) throws Exception {
    HttpResponse<String> handler = post(port, "/demo/failures?in=handler", token);
    assertThat(handler.statusCode()).isEqualTo(500);
    assertThat(handler.headers().firstValue("X-Request-Id")).hasValue("edge-42");
    assertThat(handler.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(handler.body()).doesNotContain(SECRET, "IllegalState");
    assertThat(post(port, "/demo/failures?in=thread", token).statusCode()).isEqualTo(202);
  }

  private static void saysAllOnce(List<String> lines) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> failures = new ArrayList<>();
    for (String line : lines) {
      JsonNode object = json.readTree(line);
      assertThat(object.path("service").asText()).isEqualTo("orders-demo");
      assertThat(object.path("environment").asText()).isEqualTo("staging");
      if (line.contains("asked to fail")) {
        failures.add(object);
      }
    }
    assertThat(lines).noneMatch(line -> line.contains(SECRET) || line.contains("left behind"));
    assertThat(lines).anyMatch(line -> line.contains("draining: shutting down"));
    assertThat(lines).anyMatch(line -> line.contains("shutdown: over after"));
    assertThat(lines)
        .anyMatch(line -> line.contains("/api/orders answered") && line.contains("request_id"));
    assertThat(lines)
        .as("the report is flushed at the end")
        .anyMatch(line -> line.contains("metrics report") && line.contains("api_calls_total"));
    assertThat(failures).hasSize(2);
    JsonNode handler = failures.get(0);
    assertThat(handler.path("request_id").asText()).isEqualTo("edge-42");
    assertThat(handler.path("trace_id").asText()).isEqualTo(TRACE);
    assertThat(handler.path("stack").asText()).contains("asked to fail in a handler");
    assertThat(failures.get(1).path("stack").asText()).contains("asked to fail in a thread");
  }

  private static String token(Path errors) throws IOException {
    String said = Files.readString(errors);
    String token = said.substring(said.indexOf("is not set): ") + "is not set): ".length());
    return token.lines().findFirst().orElseThrow();
  }

  private static HttpResponse<String> post(int port, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Authorization", "Bearer " + token)
            .header("X-Request-Id", "edge-42") // as a proxy that the demo trusts
            .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** PostgreSQL makes itself a child of init, so it is found by its data directory. */
  private static List<ProcessHandle> databases() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("vigil-demo-postgres"))
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int status(int port, String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://localhost:" + port + path).toURL().openConnection();
      connection.setConnectTimeout(2_000);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode();
    } catch (IOException notUp) {
      return -1;
    }
  }
}
