package dev.vigil.health.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The README's exec probe, as the shell runs it. */
@DisabledOnOs(OS.WINDOWS)
class FileProbeIT {

  @TempDir Path dir;

  private volatile HealthResult cache = HealthResult.healthy();

  private int probe() throws IOException, InterruptedException {
    return new ProcessBuilder(
            "sh", "-c", "test -n \"$(find " + dir.resolve("ready") + " -mmin -1 2>/dev/null)\"")
        .start()
        .waitFor();
  }

  @Test
  void followsReadinessAndNoticesAFileThatGrowsOld() throws Exception {
    try (HealthRegistry registry =
        HealthRegistry.builder()
            .check("cache", c -> cache, c -> c.inline().group(HealthGroup.READINESS))
            .build()) {
      registry.started();
      FilePublisher publisher = FilePublisher.start(registry, dir, Duration.ofMillis(100));
      await().until(() -> probe() == 0);

      cache = HealthResult.unhealthy("down");
      await().until(() -> probe() == 1);

      publisher.close();
      Files.writeString(dir.resolve("ready"), "left by a process that was killed");
      assertThat(probe()).isZero();
      Files.setLastModifiedTime(
          dir.resolve("ready"), FileTime.from(Instant.now().minus(Duration.ofMinutes(3))));
      assertThat(probe()).isEqualTo(1);
    }
  }
}
