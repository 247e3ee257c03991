package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.alerts.notify.SlackNotifier;
import dev.vigil.core.Secret;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadmeEngineTest {

  @RegisterExtension final LeakedThreads threads = new LeakedThreads();

  /** The README's first lines; its state file is in the working directory, so it is not run. */
  @SuppressWarnings("unused")
  private static AlertEngine begins(MeterRegistry registry, Map<String, String> environment) {
    AlertEngine engine =
        AlertEngine.builder(registry)
            .channel("slack", SlackNotifier.of(Secret.of(environment.get("SLACK_WEBHOOK"))))
            .rule(
                AlertRule.builder("high-error-rate")
                    .when("error_rate > 5%")
                    .forAtLeast(Duration.ofMinutes(5))
                    .severity(Severity.CRITICAL)
                    .to("slack")
                    .build())
            .stateFile(Path.of("alerts.state.json"))
            .watchdog(Watchdog.posting(Secret.of(environment.get("WATCHDOG_URL"))))
            .build()
            .start();
    return engine;
  }

  @Test
  void silencesAsTheReadmeShows() {
    try (AlertEngine engine = AlertEngine.builder(new SimpleMeterRegistry()).build()) {
      Silence silence =
          engine.silence(
              Map.of("rule", "high-error-rate"), Duration.ofHours(1), "known, see the board");
      engine.deploying(Duration.ofMinutes(5)); // everything
      engine.endSilence(silence.id());

      assertThat(engine.view().silences()).hasSize(2);
    }
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    String source =
        squeezed(Files.readString(Path.of("src/test/java/dev/vigil/alerts/ReadmeEngineTest.java")));
    String[] parts = Files.readString(Path.of("README.md")).split("```java\n");

    for (int i = 1; i < parts.length; i++) {
      String block = squeezed(parts[i].substring(0, parts[i].indexOf("```")));
      if (block.startsWith("AlertEngine") || block.startsWith("Silence")) {
        assertThat(source).contains(block);
      }
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
