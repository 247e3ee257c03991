package dev.vigil.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.FakeContext;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisClusterCheckTest {

  private static String info(String state, int assigned, int pfail, int fail) {
    return "cluster_state:%s\r\ncluster_slots_assigned:%d\r\ncluster_slots_pfail:%d\r\ncluster_slots_fail:%d\r\ncluster_known_nodes:3\r\ncluster_size:3\r\n"
        .formatted(state, assigned, pfail, fail);
  }

  @ParameterizedTest
  @CsvSource({
    "ok, 16384, 0, 0, HEALTHY, ",
    "ok, 16000, 0, 0, DEGRADED, 384 of 16384 slots are assigned to no node",
    "ok, 16384, 5, 6, DEGRADED, 11 of 16384 slots are on nodes that fail",
    "fail, 16384, 0, 0, UNHEALTHY, the cluster is down",
    "planted, 16384, 0, 0, UNHEALTHY, the cluster is down"
  })
  void judgesByStateAndSlots(
      String state, int assigned, int pfail, int fail, HealthStatus status, String message) {
    byte[] answer = info(state, assigned, pfail, fail).getBytes(StandardCharsets.US_ASCII);

    HealthResult result = run(RedisClusterCheck.info(() -> answer));

    assertThat(result.status()).isEqualTo(status);
    assertThat(result.message()).isEqualTo(message);
    assertThat(result.data())
        .containsEntry("primaries", 3)
        .containsEntry("slotsAssigned", assigned);
    assertThat(result.toString()).doesNotContain("planted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PONG", "cluster_stat:ok", ":", "-ERR planted-hunter2"})
  void isUnhealthyWhereTheAnswerIsAnother(String answer) {
    assertThat(run(RedisClusterCheck.info(() -> answer)))
        .hasToString("unhealthy: the answer to CLUSTER INFO is not one");
  }

  @Test
  void isUnhealthyWhereTheAnswerIsNoTextOrEndless() {
    assertThat(run(RedisClusterCheck.info(() -> 17)).status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(run(RedisClusterCheck.info(() -> null)).status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(run(RedisClusterCheck.info(() -> "cluster_state:ok\n".repeat(100_000))).status())
        .isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void passesOverFiguresThatAreNone() {
    HealthResult result =
        run(RedisClusterCheck.info(() -> "cluster_state:ok\ncluster_slots_fail:99999999999\n"));

    assertThat(result).hasToString("healthy {state=ok}");
  }

  @Test
  void isUnhealthyWhereTheCallThrows() {
    HealthResult result =
        run(
            RedisClusterCheck.info(
                () -> {
                  throw new IllegalStateException("planted-hunter2");
                }));

    assertThat(result).hasToString("unhealthy: CLUSTER INFO failed");
  }

  private static HealthResult run(RedisClusterCheck check) {
    return check.check(FakeContext.tenSeconds());
  }
}
