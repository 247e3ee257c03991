package dev.vigil.logging.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Profile;
import dev.vigil.logging.StructuredLogging;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class LogMetersTest {

  @TempDir private Path logs;

  @Test
  void hasACounterForEachLevelThatSaysWhatTheLogSays() {
    MeterRegistry registry = new SimpleMeterRegistry();
    StructuredLogging logging =
        StructuredLogging.builder()
            .service("shop")
            .profile(Profile.PRODUCTION)
            .directory(logs)
            .install();
    try {
      LogMeters.of(logging).bindTo(registry);

      assertThat(registry.find("vigil.log.dropped").functionCounters()).hasSize(5);
      assertThat(registry.get("vigil.log.dropped").tag("level", "info").functionCounter().count())
          .isEqualTo(logging.dropped(Level.INFO));
    } finally {
      logging.undo();
    }
  }
}
