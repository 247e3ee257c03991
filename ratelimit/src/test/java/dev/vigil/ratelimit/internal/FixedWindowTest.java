package dev.vigil.ratelimit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedWindowTest {

  @ParameterizedTest
  @CsvSource({
    // millis, phase, now, id, end
    "60000, 0,     0,      0, 60000",
    "60000, 0,     59999,  0, 60000",
    "60000, 0,     60000,  1, 120000",
    "60000, 15000, 14999, -1, 15000",
    "60000, 15000, 15000,  0, 75000",
    "60000, 15000, 74999,  0, 75000",
    "60000, 15000, 75000,  1, 135000",
    "10,    9,     1767225600000, 176722559999, 1767225600009",
    "60000, 0,     1767225600000, 29453760, 1767225660000",
  })
  void numbersWindowsFromTheEpochPlusItsPhase(
      long millis, long phase, long now, long id, long end) {
    FixedWindow window = new FixedWindow(millis, phase);

    assertThat(window.id(now)).isEqualTo(id);
    assertThat(window.end(id)).isEqualTo(end);
    assertThat(window.id(end - 1)).isEqualTo(id);
    assertThat(window.id(end)).isEqualTo(id + 1);
  }
}
