package dev.vigil.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthReport;
import dev.vigil.health.HealthStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;

/** The dependency, and not one property of Vigil's. Actuator shows its details to be looked at. */
class DependencyAloneIT {

  private static RunningApplication application;

  @BeforeAll
  static void start() {
    application = RunningApplication.start("management.endpoint.health.show-details=always");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void servesHealthWithDatabaseAndCache() {
    HttpResponse<String> answer = application.get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"healthy\"");
    HealthReport report = application.context().getBean(HealthRegistry.class).check();
    assertThat(report.checks().get("database").status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(report.checks().get("database").data()).containsKey("active");
    assertThat(report.checks().get("cache").status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void answersProbes() {
    assertThat(application.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(application.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(application.get("/health/page").statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsChecksToActuatorAndTakesActuators() {
    Map<String, ?> ours =
        JsonPath.read(application.get("/actuator/health").body(), "$.components.vigil.components");
    assertThat(ours).containsOnlyKeys("database", "cache");
    assertThat(ours.get("database").toString()).contains("status=UP").contains("active=");
    assertThat(application.get("/actuator/health/vigil/cache").statusCode()).isEqualTo(200);
    assertThat(application.context().getBean(HealthRegistry.class).names())
        .contains("diskSpace")
        .doesNotContain("db", "redis", "ping", "vigil:cache");
  }

  @Test
  void addsMetersToTheApplicationsRegistry() {
    application.get("/api/orders");

    MeterRegistry meters = application.context().getBean(MeterRegistry.class);
    assertThat(meters.find("vigil.health.status").tag("check", "database").gauge()).isNotNull();
    assertThat(meters.find("http.server.requests").tag("uri", "/api/orders").timers())
        .as("measured once, by Boot")
        .hasSize(1)
        .allMatch(timer -> timer.count() >= 1);
  }

  @Test
  void hasACleanConditionReport() {
    var outcomes =
        ConditionEvaluationReport.get(application.context().getBeanFactory())
            .getConditionAndOutcomesBySource();
    List<String> off =
        outcomes.entrySet().stream()
            .filter(it -> it.getKey().startsWith("dev.vigil.spring."))
            .filter(it -> !it.getValue().isFullMatch())
            .map(it -> it.getKey().substring("dev.vigil.spring.".length()))
            .toList();

    assertThat(off)
        .as("the other Boot's Actuator, what Boot does itself, and what no property asks for")
        .hasSize(8)
        .areExactly(1, startingWith("Actuator"))
        .areExactly(1, startingWith("HealthAutoConfiguration#vigilAdminServer"))
        .areExactly(1, startingWith("MetricsAutoConfiguration$Requests"))
        .areExactly(1, startingWith("SecurityHeadersAutoConfiguration#vigilHttpsRedirect"))
        .areExactly(1, startingWith("SecurityHeadersAutoConfiguration#vigilCspReports"))
        .areExactly(2, startingWith("RateLimitAutoConfiguration"))
        .areExactly(1, startingWith("AlertsAutoConfiguration"));
  }

  private static Condition<String> startingWith(String source) {
    return new Condition<>(off -> off.startsWith(source), source);
  }
}
