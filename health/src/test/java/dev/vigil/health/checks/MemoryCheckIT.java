package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under each collector, in a JVM of its own: garbage is not counted, and what stays is. */
class MemoryCheckIT {

  /**
   * G1 and ZGC report on their old generation with their ordinary collections; Parallel and Serial
   * only with full ones, which come when it is full.
   */
  @ParameterizedTest
  @CsvSource({"G1, ordinary", "Parallel, full", "Serial, full", "Z, ordinary"})
  void tellsWhatStaysFromGarbage(String collector, String collections) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+Use" + collector + "GC",
                "-cp",
                System.getProperty("java.class.path"),
                CollectedHeap.class.getName(),
                collections)
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines())
        .as(said)
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).startsWith("garbage healthy {");
              assertThat(lines.get(1)).startsWith("kept degraded {");
              assertThat(lines.get(2)).startsWith("freed healthy {");
            });
  }

  @Test
  void isHeldByNobodyButItsUser() {
    WeakReference<MemoryCheck> check = new WeakReference<>(MemoryCheck.create());

    await()
        .until(
            () -> {
              System.gc();
              return check.get() == null;
            });
  }
}
