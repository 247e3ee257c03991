package dev.vigil.headers.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.servlet.CspReportServlet;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class SecurityHeadersMetricsTest {

  @Test
  void theSeriesAreFixedFromTheStart() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    SecurityHeadersMetrics.bind(CspReportServlet.builder().build(), registry);
    SecurityHeadersMetrics.bind(
        SecurityHeadersFilter.builder(SecurityHeaders.api()).build(), registry);

    assertThat(registry.get("vigil.csp.reports").functionCounters()).hasSize(56);
    assertThat(
            registry
                .get("vigil.csp.reports")
                .tags("directive", "script-src-elem", "disposition", "enforce")
                .functionCounter()
                .count())
        .isZero();
    assertThat(registry.get("vigil.csp.reports.dropped").functionCounters()).hasSize(3);
    assertThat(registry.get("vigil.headers.committed").functionCounter().count()).isZero();
  }
}
