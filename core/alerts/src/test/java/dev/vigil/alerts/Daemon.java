package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.awaitility.Awaitility;

/** A server of Debian's, on a free port of the loopback, as long as this is open. */
final class Daemon implements AutoCloseable {

  private final Process process;
  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();

  private Daemon(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Skips the test where the program is not installed; in CI it fails then. */
  static void needs(String program) {
    boolean there = Files.isExecutable(Path.of(program));
    if (!there && System.getenv("CI") != null) {
      fail(program + " is not installed; apt-get install prometheus prometheus-alertmanager");
    }
    assumeTrue(there, program + " is not installed, so this test is skipped");
  }

  /** Starts it and waits until it is ready. */
  static Daemon start(Path log, String program, String... arguments) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.add("--web.listen-address=127.0.0.1:" + port);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Daemon daemon = new Daemon(process, "http://127.0.0.1:" + port);
    Awaitility.await(program + " to be ready, see " + log)
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(30))
        .until(() -> daemon.status("/-/ready") == 200);
    return daemon;
  }

  String url() {
    return url;
  }

  private int status(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  JsonNode post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
