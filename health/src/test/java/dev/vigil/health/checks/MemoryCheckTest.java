package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCheckTest {

  @TempDir private Path root;

  private final LongLivedHeap heap =
      new LongLivedHeap(List.of(FakePool.heap("Old", true, 990, 1000)));

  @ParameterizedTest
  @CsvSource({
    "750, HEALTHY, ",
    "751, DEGRADED, 'heap after collection at 75.1 %, over 75.0 %'",
    "901, UNHEALTHY, 'heap after collection at 90.1 %, over 90.0 %'",
  })
  void judgesWhatACollectionLeaves(long used, HealthStatus expected, String message) {
    collect(used);

    HealthResult result = run(check());

    assertThat(result.status()).isEqualTo(expected);
    assertThat(result.message()).isEqualTo(message);
    assertThat(result.data())
        .containsExactly(
            Map.entry("memoryUsage", Map.of("used", used, "total", 1000L, "percent", used / 10.0)));
  }

  @Test
  void doesNotJudgeAHeapThatHasNeverBeenCollected() {
    HealthResult result = run(check());

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.message())
        .isEqualTo("no garbage collection seen yet; the heap is as it is now");
    assertThat(result.data())
        .containsEntry("memoryUsage", Map.of("used", 990L, "total", 1000L, "percent", 99.0));
  }

  @Test
  void saysTheWorseOfHeapAndContainer() throws Exception {
    collect(800);
    container(950, 1000);

    HealthResult result = run(check());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message())
        .isEqualTo(
            "heap after collection at 80.0 %, over 75.0 %; container at 95.0 %, over 90.0 %");
    assertThat(result.data())
        .containsEntry("container", Map.of("used", 950L, "limit", 1000L, "percent", 95.0));
  }

  @Test
  void takesOtherThresholdsForEach() throws Exception {
    collect(800);
    container(950, 1000);
    MemoryCheck check = check().heapThresholds(85, 95).containerThresholds(96, 98);

    assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void refusesThresholdsOutOfOrder() {
    assertThatIllegalArgumentException().isThrownBy(() -> check().heapThresholds(90, 75));
    assertThatIllegalArgumentException().isThrownBy(() -> check().containerThresholds(90, 75));
  }

  @Test
  void isWhatARestartCures() {
    assertThat(check().remote()).isFalse();
  }

  private MemoryCheck check() {
    return MemoryCheck.create(heap, new ContainerMemory(root));
  }

  private void collect(long leaves) {
    heap.collected(Set.of("Old"), Map.of("Old", FakePool.usage(leaves, 1000)));
  }

  private void container(long used, long limit) throws Exception {
    Path group = Files.createDirectories(root.resolve("sys/fs/cgroup"));
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/self/cgroup"), "0::/\n");
    Files.writeString(
        root.resolve("proc/self/mountinfo"), "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup rw\n");
    Files.writeString(group.resolve("memory.max"), limit + "\n");
    Files.writeString(group.resolve("memory.current"), used + "\n");
    Files.writeString(group.resolve("memory.stat"), "anon 1\n");
  }

  private static HealthResult run(MemoryCheck check) {
    return check.check(FakeContext.tenSeconds());
  }
}
