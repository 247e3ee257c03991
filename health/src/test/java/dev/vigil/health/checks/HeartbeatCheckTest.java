package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.testing.FakeTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatCheckTest {

  @TempDir Path dir;

  private final FakeTime time = new FakeTime();

  private HeartbeatCheck.Builder daily() {
    return HeartbeatCheck.builder(Duration.ofHours(24))
        .missingAfter(Duration.ofHours(36))
        .time(time, time);
  }

  @Test
  void isLateAfterThePeriodAndMissingAfterMore() {
    HeartbeatCheck check = daily().build();
    check.beat();

    time.advance(Duration.ofHours(24));
    assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);

    time.advance(Duration.ofHours(1));
    assertThat(run(check).status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(run(check).message()).isEqualTo("late: the last beat was 25 hours ago");

    time.advance(Duration.ofHours(24));
    assertThat(run(check).status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(run(check).message()).isEqualTo("missing: the last beat was 2 days ago");
    assertThat(run(check).data())
        .containsEntry("lastBeatSecondsAgo", 49 * 3600L)
        .containsEntry("periodSeconds", 24 * 3600L);

    check.beat();
    assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void countsFromItsMakingBeforeTheFirstBeat() {
    HeartbeatCheck check = daily().build();
    assertThat(run(check).message()).isEqualTo("no beat yet");

    time.advance(Duration.ofHours(25));
    assertThat(run(check))
        .hasToString("degraded: late: no beat yet in 25 hours " + run(check).data());
    time.advance(Duration.ofHours(12));
    assertThat(run(check).status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void isMissingAfterTwoPeriodsByDefault() {
    HeartbeatCheck check = HeartbeatCheck.builder(Duration.ofSeconds(30)).time(time, time).build();
    check.beat();

    time.advance(Duration.ofSeconds(60));
    assertThat(run(check).message()).isEqualTo("late: the last beat was 60 s ago");
    time.advance(Duration.ofSeconds(1));
    assertThat(run(check).status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void survivesARestartThroughItsFile() {
    Path file = dir.resolve("backup.beat");
    daily().keptIn(file).build().beat();
    time.advance(Duration.ofHours(30));

    HeartbeatCheck restarted = daily().keptIn(file).build();

    assertThat(run(restarted).message()).isEqualTo("late: the last beat was 30 hours ago");
    assertThat(dir.toFile().list()).as("nothing left beside it").containsExactly("backup.beat");
  }

  @Test
  void doesNotNoticeThatTheWallClockJumps() {
    HeartbeatCheck check = daily().keptIn(dir.resolve("beat")).build();
    check.beat();

    time.jumpWallClock(Duration.ofDays(300));
    assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);

    time.jumpWallClock(Duration.ofDays(-600));
    HeartbeatCheck restarted = daily().keptIn(dir.resolve("beat")).build();
    assertThat(run(restarted).data()).containsEntry("lastBeatSecondsAgo", 0L);
  }

  @Test
  void saysThatItsFileIsBrokenAndBeatsAllTheSame() throws Exception {
    Path garbage = Files.writeString(dir.resolve("garbage"), "-1 hunter2");
    HeartbeatCheck unreadable = daily().keptIn(garbage).build();
    HeartbeatCheck unwritable = daily().keptIn(dir.resolve("no/such/dir/beat")).build();

    assertThat(run(unreadable).data())
        .containsEntry("fileProblem", "the file of the last beat holds something else");
    unwritable.beat();
    assertThat(run(unwritable).status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(run(unwritable).data())
        .containsEntry("fileProblem", "the file of the last beat cannot be written");
    unreadable.beat();
    assertThat(run(unreadable).data()).doesNotContainKey("fileProblem");
  }

  @Test
  void refusesToMissBeforeItIsLate() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                HeartbeatCheck.builder(Duration.ofHours(1))
                    .missingAfter(Duration.ofHours(1))
                    .build())
        .withMessage(
            "missingAfter must be longer than the period but missingAfter was PT1H and the period PT1H");
    assertThatIllegalArgumentException().isThrownBy(() -> HeartbeatCheck.every(Duration.ZERO));
  }

  private static HealthResult run(HeartbeatCheck check) {
    return check.check(FakeContext.tenSeconds());
  }
}
