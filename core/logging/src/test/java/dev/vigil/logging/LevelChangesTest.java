package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LevelChangesTest {

  private final FakeTime time = new FakeTime();
  private final LevelChanges changes = new LevelChanges(time);
  private final Logger logger = new LoggerContext().getLogger("com.acme");

  @Test
  void revertsWhenTheTimeIsOver() {
    changes.change(logger, Level.DEBUG, Duration.ofMinutes(15));

    time.advance(Duration.ofMinutes(15).minusNanos(1));
    changes.revertDue();
    assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);

    time.advance(Duration.ofNanos(1));
    changes.revertDue();
    assertThat(logger.getLevel()).isNull();
  }

  @Test
  void revertsToTheLevelBeforeTheFirstOfSeveralChanges() {
    logger.setLevel(Level.WARN);
    changes.change(logger, Level.DEBUG, Duration.ofMinutes(1));
    changes.change(logger, Level.TRACE, Duration.ofMinutes(5));

    time.advance(Duration.ofMinutes(2));
    changes.revertDue();
    assertThat(logger.getLevel()).isEqualTo(Level.TRACE);

    time.advance(Duration.ofMinutes(3));
    changes.revertDue();
    assertThat(logger.getLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void revertsAllAtClose() {
    changes.change(logger, Level.DEBUG, Duration.ofMinutes(15));

    changes.revertAll();

    assertThat(logger.getLevel()).isNull();
  }
}
