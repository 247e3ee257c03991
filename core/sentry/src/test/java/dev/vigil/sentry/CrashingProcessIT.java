package dev.vigil.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An uncaught exception is in the log and with Sentry, each once, and the application stops. */
class CrashingProcessIT {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"main", "worker"})
  void isInTheLogAndWithSentryOnce(String thread) throws Exception {
    try (EnvelopeStore store = new EnvelopeStore()) {
      Process process =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CrashingProcess.class.getName(),
                  store.dsn(),
                  directory.toString(),
                  thread)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("console").toFile())
              .start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }

      List<String> lines = Files.readAllLines(directory.resolve("error.log"));
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).contains("uncaught exception in thread " + thread, "crashed with");
      assertThat(store.events()).hasSize(1);
      assertThat(store.text() + lines + Files.readString(directory.resolve("console")))
          .doesNotContain("hunter2");
    }
  }
}
