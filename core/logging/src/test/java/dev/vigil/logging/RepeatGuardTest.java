package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatGuardTest {

  private final FakeTime time = new FakeTime();
  private final RepeatGuard guard = new RepeatGuard(10, time);

  private long admitted(Level level, String template, int lines) {
    return IntStream.range(0, lines).filter(i -> guard.admits(level, "logger", template)).count();
  }

  @Test
  void admitsTheLimitAndThenEveryHundredth() {
    assertThat(admitted(Level.INFO, "busy {}", 210)).isEqualTo(12);
    assertThat(admitted(Level.INFO, "quiet {}", 10)).isEqualTo(10);
  }

  @Test
  void neverThinsOutWarnings() {
    assertThat(admitted(Level.WARN, "busy {}", 500)).isEqualTo(500);
    assertThat(admitted(Level.ERROR, "busy {}", 500)).isEqualTo(500);
  }

  @Test
  void saysAfterAMinuteWhatItLeftOutAndBeginsAnew() {
    long unused = admitted(Level.INFO, "busy {}", 210);
    assertThat(guard.summary()).isEmpty();

    time.advance(Duration.ofMinutes(1));

    assertThat(guard.summary())
        .containsExactly("left out 198 lines like the following of logger: busy {}");
    assertThat(guard.summary()).isEmpty();
    assertThat(admitted(Level.INFO, "busy {}", 10)).isEqualTo(10);
  }

  @Test
  void countsABoundedNumberOfCallSites() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(guard.admits(Level.INFO, "logger", "made up " + i)).isTrue();
    }
  }
}
