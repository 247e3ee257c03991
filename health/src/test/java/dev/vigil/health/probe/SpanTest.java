package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "60s, PT1M",
    "2m, PT2M",
    "0s, PT0S",
    "0000060s, PT1M",
    "86400000ms, PT24H",
    "1440m, PT24H"
  })
  void readsAWholeNumberWithAUnit(String text, Duration expected) {
    assertThat(Span.parse("--wait", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "60",
        "60 s",
        "1.5s",
        "-1s",
        "+1s",
        "60S",
        "1h",
        "86401s",
        "1441m",
        "999999999s",
        "99999999999999999999ms",
        "٦٠s",
        "PT1M",
        "0x10s"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Span.parse("--wait", text))
        .isInstanceOf(WrongUsage.class)
        .hasMessage("--wait takes a time like 500ms, 60s or 2m, up to 24 hours");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "999999, 0 ms",
    "12345678, 12 ms",
    "1000000000, 1 s",
    "1500000000, 1500 ms",
    "60000000000, 60 s"
  })
  void printsSecondsOnlyWhenTheyAreWhole(long nanos, String expected) {
    StringBuilder line = new StringBuilder();

    Span.print(nanos, line);

    assertThat(line).hasToString(expected);
  }
}
