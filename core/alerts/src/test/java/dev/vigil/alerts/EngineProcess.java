package dev.vigil.alerts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * An application whose alert fires as long as a file is there; who is told writes it to another.
 * Its clock is a {@link FastTicker}.
 */
final class EngineProcess {

  private EngineProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path directory = Path.of(arguments[0]);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Gauge.builder("load", () -> Files.exists(directory.resolve("busy")) ? 1 : 0).register(registry);
    AlertEngine engine =
        AlertEngine.builder(registry)
            .ticker(new FastTicker())
            .interval(Duration.ofSeconds(4)) // a fifth of a second
            .stateFile(directory.resolve("alerts.json"))
            .channel("file", told -> write(directory.resolve("told"), told.kind().toString()))
            .rule(
                AlertRule.builder("busy")
                    .when("load > 0.5")
                    .forAtLeast(Duration.ofSeconds(8))
                    .build())
            .build()
            .start();
    while (true) {
      Thread.sleep(20);
      write(directory.resolve("state"), engine.view().rules().get(0).state().toString());
    }
  }

  private static void write(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
