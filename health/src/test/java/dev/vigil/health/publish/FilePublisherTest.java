package dev.vigil.health.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakedThreads.class)
class FilePublisherTest {

  @TempDir Path dir;

  private final FakeTime time = new FakeTime();
  private volatile HealthResult cache = HealthResult.healthy();
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .time(time, time)
          .check("cache", c -> cache, c -> c.inline().group(HealthGroup.READINESS))
          .build();

  private FilePublisher publisher;

  @AfterEach
  void close() {
    publisher.close();
    registry.close();
  }

  private void start(Path directory) {
    publisher = FilePublisher.start(registry, directory, Duration.ofSeconds(5), time);
  }

  private String[] files() {
    return Arrays.stream(dir.toFile().list()).sorted().toArray(String[]::new);
  }

  /** Lets intervals pass until the thread has done its round. */
  private void untilRound(ThrowingRunnable assertion) {
    await()
        .untilAsserted(
            () -> {
              time.advance(Duration.ofSeconds(5));
              assertion.run();
            });
  }

  @Test
  void hasAFileForEachGroupThatIsWell() {
    start(dir);
    await().untilAsserted(() -> assertThat(files()).containsExactly("live"));

    registry.started();
    untilRound(() -> assertThat(files()).containsExactly("live", "ready", "started"));

    cache = HealthResult.unhealthy("down");
    untilRound(() -> assertThat(files()).containsExactly("live", "started"));
    publisher.close();
    assertThat(files()).as("removed at the end").isEmpty();
  }

  @Test
  void writesThemAnewEachIntervalAndSaysDegraded() {
    registry.started();
    cache = HealthResult.degraded("slow");
    start(dir);
    await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(dir.resolve("ready")))
                    .isEqualTo("degraded 2026-01-01T00:00:00Z\n"));
    untilRound(
        () ->
            assertThat(Files.readString(dir.resolve("ready")))
                .startsWith("degraded 2026-01-01T00:0")
                .isGreaterThan("degraded 2026-01-01T00:00:05Z"));
  }

  @Test
  void writesAtOnceAfterAChange() {
    registry.started();
    start(dir);
    await().untilAsserted(() -> assertThat(files()).contains("ready"));
    time.awaitWaiting(1);

    cache = HealthResult.unhealthy("down");
    time.advance(Duration.ofMillis(1500));
    registry.check();

    await().untilAsserted(() -> assertThat(files()).containsExactly("live", "started"));
  }

  @Test
  void goesOnWhereTheDirectoryIsMissing() throws Exception {
    Path later = dir.resolve("later");
    start(later);
    Files.createDirectory(later);

    untilRound(() -> assertThat(later.resolve("live")).exists());
  }
}
