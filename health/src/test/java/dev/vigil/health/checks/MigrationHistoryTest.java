package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.HealthStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationHistoryTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2, -1",
    "1.9, 1.10, -1",
    "1, 1.0, 0",
    "1_2, 1.2, 0",
    "20260101120000, 9, 1",
    "99999999999999999999, 100000000000000000000, -1",
    "a, b, -1",
    "1.a, 1.1, 1"
  })
  void ordersVersionsByTheirNumbers(String one, String other, int order) {
    assertThat(Integer.signum(MigrationHistory.compare(one, other))).isEqualTo(order);
  }

  @Test
  void namesTwentyAtMost() {
    Map<String, String> expected = new HashMap<>();
    for (int i = 1; i <= 300; i++) {
      expected.put(Integer.toString(i), "");
    }

    var result = new MigrationHistory().judge(expected);

    assertThat(result.message()).isEqualTo("300 migrations pending");
    assertThat((List<?>) result.data().get("pending")).hasSize(20).first().isEqualTo("1");
  }

  @Test
  void takesTheLastWordOnAVersion() {
    MigrationHistory history = new MigrationHistory();
    history.failed("1");
    history.applied("1", "aa");
    history.failed("R repeatable");
    history.mended("R repeatable");

    assertThat(history.judge(Map.of("1", "aa")).status()).isEqualTo(HealthStatus.HEALTHY);
  }
}
