package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes, killed. */
class EngineProcessIT {

  @TempDir Path directory;

  private Process process;

  @AfterEach
  void end() throws InterruptedException {
    kill();
  }

  @Test
  void whatFiredGoesOnAfterTheProcessWasKilledAndIsToldOnce() throws Exception {
    Files.createFile(directory.resolve("busy"));
    start();
    await(() -> Files.readString(directory.resolve("alerts.json")).contains("\"delivered\""));
    kill();
    Files.delete(directory.resolve("state"));

    start();
    await(() -> lines("state").stream().filter("FIRING"::equals).count() > 20);
    assertThat(lines("state")).doesNotContain("PENDING");
    assertThat(lines("told")).containsExactly("FIRING");

    Files.delete(directory.resolve("busy"));
    await(() -> lines("told").size() > 1);
    assertThat(lines("told")).containsExactly("FIRING", "RESOLVED");
  }

  @Test
  void aSecondProcessIsRefused() throws Exception {
    start();
    await(() -> !lines("state").isEmpty());
    Process first = process;

    start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(Files.readString(directory.resolve("console")))
        .contains("alerts.json is used by another process or engine; give each a stateFile(..)");
    first.destroyForcibly();
  }

  private void start() throws IOException {
    process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("console").toFile())
            .start();
  }

  private void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private List<String> lines(String file) throws IOException {
    Path path = directory.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await()
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(condition);
  }
}
