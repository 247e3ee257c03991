package dev.vigil.metrics.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MeterTextTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  private String text(String... tags) {
    Meter meter = registry.counter("calls", tags);
    return MeterText.of(meter.getId());
  }

  @Test
  void looksAsInARule() {
    assertThat(text()).isEqualTo("calls");
    assertThat(text("uri", "/a", "method", "GET")).isEqualTo("calls{method=\"GET\",uri=\"/a\"}");
  }

  @Test
  void hidesSecretsAndForgesNoLine() {
    assertThat(text("password", "hunter2")).doesNotContain("hunter2");
    assertThat(text("uri", "/login?token=abcdefgh12345678")).doesNotContain("abcdefgh12345678");
    assertThat(text("uri", "/a\r\nERROR forged\u2028next")).doesNotContain("\n", "\r", "\u2028");
  }

  @Test
  void isCutWhereATagIsLong() {
    assertThat(text("uri", "/x".repeat(5000))).hasSize(203).endsWith("...");
  }
}
