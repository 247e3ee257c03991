package dev.vigil.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JvmMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void bindsTheJvmAndItsProcess() {
    JvmMeters jvm = JvmMeters.bind(registry);
    jvm.close(); // what is there stays

    assertThat(
            registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .collect(Collectors.toSet()))
        .contains(
            "jvm.memory.used",
            "jvm.memory.usage.after.gc",
            "jvm.gc.max.data.size",
            "jvm.threads.live",
            "jvm.classes.loaded",
            "jvm.info",
            "process.cpu.usage",
            "system.cpu.count",
            "process.uptime",
            "process.files.open")
        .doesNotContain("logback.events");
  }

  @Test
  void countsLogEventsWhereAskedToAndStopsWhenClosed() {
    LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    int filters = logback.getTurboFilterList().size();

    try (JvmMeters jvm = JvmMeters.bind(registry)) {
      jvm.logEvents().logEvents();
      LoggerFactory.getLogger("com.acme").warn("counted");

      assertThat(registry.get("logback.events").tag("level", "warn").counter().count())
          .isEqualTo(1);
      assertThat(logback.getTurboFilterList()).hasSize(filters + 1);
    }

    assertThat(logback.getTurboFilterList()).hasSize(filters);
  }
}
