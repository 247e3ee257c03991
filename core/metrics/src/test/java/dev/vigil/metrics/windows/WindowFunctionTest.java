package dev.vigil.metrics.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowFunctionTest {

  private static final List<WindowFunction> ALL =
      List.of(
          WindowFunction.RATE,
          WindowFunction.INCREASE,
          WindowFunction.AVG,
          WindowFunction.MIN,
          WindowFunction.MAX,
          WindowFunction.SUM,
          WindowFunction.COUNT,
          WindowFunction.LAST,
          WindowFunction.DELTA,
          WindowFunction.STDDEV,
          WindowFunction.CHANGES,
          WindowFunction.P50,
          WindowFunction.P90,
          WindowFunction.P95,
          WindowFunction.P99,
          WindowFunction.P999);

  @ParameterizedTest
  @CsvSource({
    "COUNTER, rate increase count changes",
    "GAUGE, avg min max sum count last delta stddev changes p50 p90 p95 p99 p999",
    "LONG_TASK_TIMER, avg min max sum count last delta stddev changes p50 p90 p95 p99 p999",
    "TIMER, rate increase avg max sum count p50 p90 p95 p99 p999",
    "SUMMARY, rate increase avg max sum count p50 p90 p95 p99 p999",
    "FUNCTION_TIMER, rate increase avg sum count",
    "OTHER, ''"
  })
  void isDefinedForSomeKindsOfMeters(MeterKind kind, String expected) {
    String supported =
        ALL.stream()
            .filter(kind::supports)
            .map(WindowFunction::name)
            .collect(Collectors.joining(" "));

    assertThat(supported).isEqualTo(expected);
  }

  @Test
  void isTheSamePercentileWhateverItIsCalled() {
    assertThat(WindowFunction.percentile(0.95))
        .isEqualTo(WindowFunction.P95)
        .hasSameHashCodeAs(WindowFunction.P95)
        .isNotEqualTo(WindowFunction.P99)
        .isNotEqualTo(WindowFunction.MAX)
        .hasToString("percentile 0.95");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.0001, 95, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAQuantileThatIsNone(double quantile) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WindowFunction.percentile(quantile))
        .withMessage("quantile must be from 0 to 1 but was " + quantile);
  }
}
