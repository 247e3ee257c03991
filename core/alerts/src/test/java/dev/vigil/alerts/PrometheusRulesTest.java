package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusRulesTest {

  private final MeterRegistry registry = registry();

  static MeterRegistry registry() {
    MeterRegistry registry = new SimpleMeterRegistry();
    registry.counter("db.errors", "pool.name", "a");
    registry.counter("api_calls_total");
    registry.timer("http.server.requests", "outcome", "SUCCESS");
    registry.gauge("pool.usage", new AtomicInteger());
    return registry;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate(db.errors{pool.name=\"a\"}[5m]) > 1 | (rate(db_errors_total{pool_name=\"a\"}[5m]) > 1)",
        "increase(api_calls_total[90s]) > 1 | (increase(api_calls_total[90s]) > 1)",
        "increase(http.server.requests[1m]) > 1 | (increase(http_server_requests_seconds_count[1m]) > 1)",
        "p95(http.server.requests[5m]) > 1s | (histogram_quantile(0.95, rate(http_server_requests_seconds_bucket[5m])) > 1)",
        "avg(http.server.requests[5m]) > 250ms | ((rate(http_server_requests_seconds_sum[5m]) / rate(http_server_requests_seconds_count[5m])) > 0.25)",
        "max(pool.usage[5m] offset 1h) > 80% | (max_over_time(pool_usage[5m] offset 60m) > 0.8)",
        "db.errors > 10 | (increase(db_errors_total[10m]) > 10)",
        "sum by (pool.name) (rate(db.errors[5m])) > 1 | (sum by (pool_name) (rate(db_errors_total[5m])) > 1)",
        "not (pool.usage > 1 and pool.usage < 5) | ((pool_usage <= 1) or (pool_usage >= 5))",
        "health(\"db\") == unhealthy | (vigil_health_status{check=\"db\"} == 2)",
        "health() == unknown | (vigil_health_overall != vigil_health_overall)",
        "mod(pool.usage, 2) == 0 | ((pool_usage % 2) == 0)",
        "uptime() > 1d | ((time() - process_start_time_seconds) > 86400)",
      })
  void writesPromQl(String condition, String promQl) {
    PromWriter writer = new PromWriter(PromNames.of(registry), Duration.ofMinutes(10));

    assertThat(writer.write(Definitions.builtIn().resolve(Condition.parse(condition))))
        .isEqualTo(promQl);
  }

  @Test
  void writesAFile() {
    AlertRule rule =
        AlertRule.builder("errors \u00e9")
            .when("error_rate > 5%")
            .recoverWhen("error_rate < 3%")
            .forAtLeast(Duration.ofMinutes(5))
            .keepFiringFor(Duration.ofSeconds(90))
            .severity(Severity.CRITICAL)
            .label("team.name", "a{{ b }}\\\"")
            .summary("error rate {value|%} on {service}")
            .runbook("https://example.test/a")
            .build();

    assertThat(PrometheusRules.of(List.of(rule), Definitions.builtIn(), registry))
        .isEqualTo(
            """
            groups:
              - name: vigil
                rules:
                  # recovers when error_rate < 3%, which Prometheus has no word for
                  - alert: "errors \\u00e9"
                    expr: "(((sum(increase(http_server_requests_seconds_count{outcome=\\"SERVER_ERROR\\"}[1m])) / sum(increase(http_server_requests_seconds_count[1m]))) and on () (sum(increase(http_server_requests_seconds_count[1m])) >= 20)) > 0.05)"
                    for: 5m
                    keep_firing_for: 90s
                    labels:
                      severity: "critical"
                      team_name: "a{ { b }}\\\\\\""
                    annotations:
                      summary: "error rate {{ $value | humanizePercentage }} on {{ $labels.service }}"
                      runbook_url: "https://example.test/a"
            """);
  }

  @Test
  void writesAFileWithoutRules() {
    assertThat(PrometheusRules.of(List.of(), Definitions.builtIn(), registry))
        .isEqualTo("groups: []\n");
  }
}
