package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes, ended from outside. */
class LoggingProcessIT {

  @TempDir Path directory;

  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void start(int lines) throws Exception {
    process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                LoggingProcess.class.getName(),
                directory.resolve("logs").toString(),
                Integer.toString(lines))
            .redirectOutput(directory.resolve("console").toFile())
            .redirectError(ProcessBuilder.Redirect.PIPE)
            .directory(new File("."))
            .start();
  }

  private void awaitLogged() throws Exception {
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.equals("logged")) {
        return;
      }
    }
    throw new AssertionError("the process ended early");
  }

  private static List<JsonNode> valid(List<String> lines) {
    return lines.stream().map(line -> StrictJson.line(line + "\n")).toList();
  }

  @Test
  void flushesAllWhenItIsTerminated() throws Exception {
    start(5_000);
    awaitLogged();

    process.destroy(); // SIGTERM
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    for (Path file :
        List.of(directory.resolve("console"), directory.resolve("logs/combined.log"))) {
      List<JsonNode> lines = valid(Files.readAllLines(file));
      assertThat(lines.stream().filter(line -> line.get("logger").asText().equals("shop")))
          .hasSize(5_000);
    }
  }

  @Test
  void leavesWholeLinesWhenItIsKilled() throws Exception {
    start(2_000_000);
    Path combined = directory.resolve("logs/combined.log");
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> Files.exists(combined) && Files.size(combined) > 3_000_000);

    process.destroyForcibly(); // SIGKILL
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    for (Path file : List.of(directory.resolve("console"), combined)) {
      List<String> lines = Files.readAllLines(file);
      assertThat(valid(lines.subList(0, lines.size() - 1))).hasSizeGreaterThan(500);
    }
  }
}
