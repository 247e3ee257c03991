package dev.vigil.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  private final Schedule schedule = new Schedule(1_000, 5_000, 0, 20_000);

  @ParameterizedTest
  @CsvSource({
    "false, 0.0, 900",
    "false, 0.5, 1000",
    "false, 0.999999, 1099",
    "true, 0.0, 4500",
    "true, 0.5, 5000",
    "true, 0.75, 5250"
  })
  void varyByATenthEitherWay(boolean failing, double chance, long expected) {
    assertThat(schedule.next(failing, chance)).isEqualTo(expected);
  }
}
