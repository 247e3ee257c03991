package dev.vigil.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
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

  @TempDir private Path directory;

  @Test
  void sigtermDrainsThenStopsAndLeavesNoProcessBehind() throws Exception {
    int port = freePort();
    Path output = directory.resolve("output.txt");
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DemoService.class.getName());
    command.environment().put("PORT", String.valueOf(port));
    command.environment().put("ADMIN_PORT", "0");
    List<ProcessHandle> databasesBefore = databases();
    Process demo = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      await().atMost(PATIENCE).until(() -> status(port, "/health/ready") == 200);
      List<ProcessHandle> servers = new ArrayList<>(demo.descendants().toList());
      servers.addAll(databases());
      servers.removeAll(databasesBefore);
      assertThat(servers).as("PostgreSQL and Redis").hasSizeGreaterThanOrEqualTo(2);

      demo.destroy();

      await().atMost(PATIENCE).until(() -> status(port, "/health/ready") == 503);
      assertThat(status(port, "/health/live")).isEqualTo(200);
      assertThat(status(port, "/api/orders")).isEqualTo(200);
      assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      await().atMost(PATIENCE).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
      String said = Files.readString(output);
      assertThat(said).containsOnlyOnce("admin token (ADMIN_TOKEN is not set)");
      assertThat(said).contains("draining: shutting down", "shutdown: over after");
      assertThat(said).contains("metrics report interval=", "api_calls_total.total=1 ");
      assertThat(said).doesNotContain("left behind", "\tat ");
    } finally {
      demo.destroyForcibly();
    }
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
