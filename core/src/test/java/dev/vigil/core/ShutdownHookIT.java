package dev.vigil.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of its own, ended by SIGTERM. */
class ShutdownHookIT {

  @TempDir Path folder;

  @Test
  void runsWhenTheProcessIsToldToEnd() throws Exception {
    Path ended = folder.resolve("ended");
    Process process = start(Installed.class, ended);
    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(ended)).isEqualTo(List.of("one", "two"));
  }

  @Test
  void doesNotRunWhereTheHookWasRemoved() throws Exception {
    Path ended = folder.resolve("ended");
    Process process = start(Removed.class, ended);
    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended).doesNotExist();
  }

  private static Process start(Class<?> main, Path ended) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                ended.toString())
            .redirectError(new File(ended + ".err"))
            .start();
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = output.readLine();
    while (line != null && !line.equals("ready")) {
      line = output.readLine(); // log lines
    }
    assertThat(line).isEqualTo("ready");
    return process;
  }

  private static ShutdownSequence writing(Path ended) {
    return ShutdownSequence.builder()
        .step("one", Duration.ofSeconds(5), () -> Files.writeString(ended, "one\n"))
        .step("hang", Duration.ofMillis(50), () -> new CountDownLatch(1).await())
        .step(
            "two",
            Duration.ofSeconds(5),
            () -> Files.writeString(ended, "two\n", StandardOpenOption.APPEND))
        .build();
  }

  static final class Installed {
    public static void main(String[] arguments) throws InterruptedException {
      writing(Path.of(arguments[0])).installHook();
      System.out.println("ready");
      Thread.sleep(60_000);
    }
  }

  static final class Removed {
    public static void main(String[] arguments) throws InterruptedException {
      ShutdownSequence sequence = writing(Path.of(arguments[0]));
      sequence.installHook();
      sequence.removeHook();
      System.out.println("ready");
      Thread.sleep(60_000);
    }
  }
}
