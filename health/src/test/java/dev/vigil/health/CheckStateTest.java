package dev.vigil.health;

import static dev.vigil.health.HealthStatus.DEGRADED;
import static dev.vigil.health.HealthStatus.HEALTHY;
import static dev.vigil.health.HealthStatus.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckStateTest {

  /**
   * One letter a run: H, D, U, T (time-out), L (late failure of the timed-out run), G (its late
   * success). Expected: the damped status after each.
   */
  @ParameterizedTest(name = "{0} failures, {1} successes: {2} -> {3}")
  @CsvSource({
    "1, 1, HUH, HUH",
    "1, 1, HDH, HDH",
    "1, 1, U, U", // the first result has nothing to be damped by
    "3, 1, UH, UH",
    "3, 1, HUUH, HHHH",
    "3, 1, HUUUH, HHHUH",
    "3, 1, HUUHUU, HHHHHH", // a success starts the count anew: consecutive means consecutive
    "3, 1, HUUDUU, HHHDDD", // degraded is no failure either
    "1, 2, HUHH, HUUH",
    "1, 2, HUHUH, HUUUU", // and so does a failure
    "1, 3, UHDH, UUUH",
    "2, 2, HUUHH, HHUUH",
    "3, 1, HTTT, HHHU", // a run that hangs counts again and again
    "3, 1, HTLU, HHHH", // timed out and failed late is one failure, not two
    "3, 1, HTLUU, HHHHU",
    "2, 1, HTGU, HHHH", // a late success is the newest result
    "1, 1, HTG, HUH"
  })
  void dampsByConsecutiveOutcomes(int failures, int successes, String runs, String expected) {
    CheckPolicy policy = policy(failures, successes);
    CheckState state = CheckState.PENDING;

    StringBuilder seen = new StringBuilder();
    for (char run : runs.toCharArray()) {
      state = step(state, policy, run);
      seen.append(state.status().name().charAt(0));
    }

    assertThat(seen).hasToString(expected);
  }

  @Test
  void reportsRawAndDampedStatusApart() {
    CheckState state = step(step(CheckState.PENDING, policy(3, 1), 'H'), policy(3, 1), 'U');

    assertThat(state.status()).isEqualTo(HEALTHY);
    assertThat(state.rawStatus()).isEqualTo(UNHEALTHY);
    assertThat(state.failures()).isEqualTo(1);
  }

  @Test
  void keepsSinceWhileTheStatusLasts() {
    CheckPolicy policy = policy(1, 1);
    CheckState first =
        CheckState.PENDING.returned(policy, HealthResult.healthy(), null, 10, 1_000, 1);
    CheckState second = first.returned(policy, HealthResult.healthy(), null, 20, 2_000, 1);
    CheckState third = second.returned(policy, HealthResult.degraded("slow"), null, 30, 3_000, 1);

    assertThat(first.sinceMillis()).isEqualTo(1_000);
    assertThat(second.sinceMillis()).isEqualTo(1_000);
    assertThat(third.sinceMillis()).isEqualTo(3_000);
    assertThat(third.status()).isEqualTo(DEGRADED);
  }

  @Test
  void forgetsWhereItHungOnceItIsBack() {
    CheckPolicy policy = policy(1, 1);
    CheckState stuck =
        CheckState.PENDING.timedOut(
            policy, HealthResult.unhealthy("timed out"), List.of("a.B.c(B.java:1)"), 10, 10, 10);

    CheckState back = stuck.returned(policy, HealthResult.healthy(), null, 20, 20, 20);

    assertThat(stuck.stuckAt()).isNotEmpty();
    assertThat(stuck.overdue()).isTrue();
    assertThat(back.stuckAt()).isEmpty();
    assertThat(back.overdue()).isFalse();
  }

  private static CheckState step(CheckState state, CheckPolicy policy, char run) {
    return switch (run) {
      case 'H', 'G' -> state.returned(policy, HealthResult.healthy(), null, 0, 0, 0);
      case 'D' -> state.returned(policy, HealthResult.degraded("d"), null, 0, 0, 0);
      case 'U', 'L' -> state.returned(policy, HealthResult.unhealthy("u"), null, 0, 0, 0);
      case 'T' -> state.timedOut(policy, HealthResult.unhealthy("t"), List.of(), 0, 0, 0);
      default -> throw new IllegalArgumentException("unknown step " + run);
    };
  }

  private static CheckPolicy policy(int failures, int successes) {
    return new CheckOptions()
        .failureThreshold(failures)
        .successThreshold(successes)
        .freeze("check", Duration.ofSeconds(10));
  }
}
