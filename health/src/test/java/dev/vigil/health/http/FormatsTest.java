package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each format, key by key, of the same five checks. */
class FormatsTest {

  private final FakeTime time = new FakeTime();
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .time(time, time)
          .version("1.4.2")
          .check("heap", c -> HealthResult.healthy(), c -> c.inline().group(HealthGroup.LIVENESS))
          .check(
              "memory",
              c ->
                  HealthResult.degraded("77.5 % used")
                      .with("memoryUsage", Map.of("percent", 77.5))
                      .with("pools", List.of("old", "young")),
              c -> c.inline())
          .check(
              "stripe:eu",
              c -> {
                time.advance(Duration.ofNanos(12_345_678));
                throw new IllegalStateException("key sk_live is wrong");
              },
              c -> c.inline().notCritical().tags("vendor", "paid"))
          .check(
              "catalogue",
              c -> HealthResult.healthy("never run"),
              c -> c.inline().dependsOn("stripe:eu").informational())
          .build();

  @AfterEach
  void close() {
    registry.close();
  }

  private HealthResponse ask(Disclosure level, String target) {
    return HealthEndpoint.builder(registry).disclosure(level).build().handle(get(target));
  }

  private static JsonNode expected(String json, String errorId) {
    return Bodies.json(json.replace('\'', '"').replace("ERROR_ID", errorId));
  }

  private String errorId() {
    return registry.check().checks().get("stripe:eu").errorId().orElseThrow();
  }

  @Test
  void nativeForTheAnonymous() {
    assertThat(Bodies.text(ask(Disclosure.STATUS, "")))
        .isEqualTo("{\"status\":\"degraded\",\"timestamp\":\"2026-01-01T00:00:00.012Z\"}");
    assertThat(Bodies.text(ask(Disclosure.CHECKS, "")))
        .isEqualTo(
            "{\"status\":\"degraded\",\"timestamp\":\"2026-01-01T00:00:00.012Z\",\"checks\":{"
                + "\"heap\":{\"status\":\"healthy\"},"
                + "\"memory\":{\"status\":\"degraded\"},"
                + "\"stripe:eu\":{\"status\":\"unhealthy\"},"
                + "\"catalogue\":{\"status\":\"unhealthy\"}}}");
  }

  @Test
  void nativeForTheAuthorised() {
    JsonNode body = Bodies.json(ask(Disclosure.DETAILS, "/"));

    assertThat(body)
        .isEqualTo(
            expected(
                """
                {'status':'degraded','timestamp':'2026-01-01T00:00:00.012Z',
                 'version':'1.4.2','uptime':0.012,
                 'checks':{
                  'heap':{'status':'healthy','responseTime':0.0,'since':'2026-01-01T00:00:00.000Z'},
                  'memory':{'status':'degraded','responseTime':0.0,'message':'77.5 % used',
                   'since':'2026-01-01T00:00:00.000Z','memoryUsage':{'percent':77.5},
                   'pools':['old','young']},
                  'stripe:eu':{'status':'unhealthy','responseTime':12.345,
                   'message':'the check threw java.lang.IllegalStateException','error':'java.lang.IllegalStateException',
                   'errorId':'ERROR_ID','since':'2026-01-01T00:00:00.012Z',
                   'consecutiveFailures':1,'importance':'notCritical','tags':['vendor','paid']},
                  'catalogue':{'status':'unhealthy','message':'\\"stripe:eu\\" is unhealthy',
                   'pending':true,'skippedBecause':'\\"stripe:eu\\" is unhealthy',
                   'importance':'informational'}}}
                """,
                errorId()));
  }

  @Test
  void nativeSaysWhyTheWholeIsUnhealthyWhateverItsChecksSay() {
    registry.drain("rolling out 1.4.3");

    JsonNode body = Bodies.json(ask(Disclosure.DETAILS, ""));

    assertThat(body.path("status").asText()).isEqualTo("unhealthy");
    assertThat(body.path("reason").asText()).contains("rolling out 1.4.3");
    assertThat(Bodies.json(ask(Disclosure.CHECKS, "")).has("reason")).isFalse();
  }

  @Test
  void healthJson() {
    String target = "?format=health+json";

    assertThat(Bodies.json(ask(Disclosure.STATUS, target)))
        .isEqualTo(expected("{'status':'warn'}", ""));
    assertThat(Bodies.json(ask(Disclosure.CHECKS, target)))
        .isEqualTo(
            expected(
                """
                {'status':'warn','checks':{
                 'heap:responseTime':[{'componentId':'heap','status':'pass'}],
                 'memory:responseTime':[{'componentId':'memory','status':'warn'}],
                 'stripe%3Aeu:responseTime':[{'componentId':'stripe:eu','status':'fail'}],
                 'catalogue:responseTime':[{'componentId':'catalogue','status':'fail'}]}}
                """,
                ""));
    assertThat(Bodies.json(ask(Disclosure.DETAILS, target)))
        .isEqualTo(
            expected(
                """
                {'status':'warn','releaseId':'1.4.2','checks':{
                 'heap:responseTime':[{'componentId':'heap','status':'pass','observedValue':0.0,
                  'observedUnit':'ms','time':'2026-01-01T00:00:00.000Z'}],
                 'memory:responseTime':[{'componentId':'memory','status':'warn',
                  'observedValue':0.0,'observedUnit':'ms','time':'2026-01-01T00:00:00.000Z',
                  'output':'77.5 % used'}],
                 'stripe%3Aeu:responseTime':[{'componentId':'stripe:eu','status':'fail',
                  'observedValue':12.345,'observedUnit':'ms','time':'2026-01-01T00:00:00.012Z',
                  'output':'the check threw java.lang.IllegalStateException [java.lang.IllegalStateException] [error id ERROR_ID]'}],
                 'catalogue:responseTime':[{'componentId':'catalogue','status':'fail',
                  'output':'\\"stripe:eu\\" is unhealthy'}],
                 'uptime':[{'componentType':'system','observedValue':0.012,'observedUnit':'s',
                  'status':'pass'}]}}
                """,
                errorId()));
    registry.drain("rolling out");
    assertThat(Bodies.json(ask(Disclosure.DETAILS, target)).path("status").asText())
        .isEqualTo("fail");
    assertThat(Bodies.json(ask(Disclosure.DETAILS, target)).path("output").asText())
        .contains("rolling out");
  }

  @Test
  void actuator() {
    String target = "?format=actuator";

    assertThat(Bodies.json(ask(Disclosure.STATUS, target)))
        .isEqualTo(expected("{'status':'UP','description':'degraded'}", ""));
    assertThat(Bodies.json(ask(Disclosure.CHECKS, target)))
        .isEqualTo(
            expected(
                """
                {'status':'UP','description':'degraded','components':{
                 'heap':{'status':'UP'},
                 'memory':{'status':'UP','details':{'status':'degraded'}},
                 'stripe:eu':{'status':'DOWN'},
                 'catalogue':{'status':'DOWN'}},
                 'groups':['liveness','readiness','startup']}
                """,
                ""));
    assertThat(Bodies.json(ask(Disclosure.CHECKS, "/live" + target)))
        .isEqualTo(expected("{'status':'UP','components':{'heap':{'status':'UP'}}}", ""));

    JsonNode components = Bodies.json(ask(Disclosure.DETAILS, target)).path("components");
    assertThat(components.path("memory"))
        .isEqualTo(
            expected(
                """
                {'status':'UP','details':{'status':'degraded','responseTime':0.0,
                 'message':'77.5 % used','since':'2026-01-01T00:00:00.000Z',
                 'memoryUsage':{'percent':77.5},'pools':['old','young']}}
                """,
                ""));
    assertThat(Bodies.keys(components.at("/stripe:eu/details")))
        .contains("error", "errorId", "consecutiveFailures");

    registry.drain("rolling out");
    assertThat(Bodies.json(ask(Disclosure.DETAILS, target)).path("status").asText())
        .isEqualTo("DOWN");
    assertThat(Bodies.json(ask(Disclosure.DETAILS, target)).path("description").asText())
        .contains("rolling out");
    assertThat(Bodies.json(ask(Disclosure.CHECKS, target)).has("description")).isFalse();
  }

  @Test
  void microProfile() {
    String target = "?format=microprofile";

    assertThat(Bodies.json(ask(Disclosure.STATUS, target)))
        .isEqualTo(expected("{'status':'UP','checks':[]}", ""));
    assertThat(Bodies.json(ask(Disclosure.CHECKS, target)))
        .isEqualTo(
            expected(
                """
                {'status':'UP','checks':[
                 {'name':'heap','status':'UP'},
                 {'name':'memory','status':'UP','data':{'status':'degraded'}},
                 {'name':'stripe:eu','status':'DOWN'},
                 {'name':'catalogue','status':'DOWN'}]}
                """,
                ""));
    JsonNode details = Bodies.json(ask(Disclosure.DETAILS, target));
    assertThat(Bodies.keys(details)).containsExactly("status", "checks");
    assertThat(details.at("/checks/1"))
        .isEqualTo(
            expected(
                """
                {'name':'memory','status':'UP','data':{'status':'degraded','responseTime':0.0,
                 'message':'77.5 % used','since':'2026-01-01T00:00:00.000Z',
                 'memoryUsage.percent':77.5,'pools.0':'old','pools.1':'young'}}
                """,
                ""));
    for (JsonNode check : details.path("checks")) {
      assertThat(Bodies.keys(check)).isSubsetOf("name", "status", "data");
      check.path("data").forEach(value -> assertThat(value.isValueNode()).isTrue());
    }
    registry.drain("rolling out");
    assertThat(Bodies.json(ask(Disclosure.STATUS, target)).path("status").asText())
        .isEqualTo("DOWN");
  }

  @Test
  void kubernetes() {
    String target = "?format=kubernetes";

    assertThat(Bodies.text(ask(Disclosure.STATUS, target))).isEqualTo("ok: degraded");
    assertThat(Bodies.text(ask(Disclosure.CHECKS, "/live" + target))).isEqualTo("ok");
    assertThat(Bodies.text(ask(Disclosure.STATUS, "/live" + target + "&verbose")))
        .isEqualTo("livez check passed\n");
    assertThat(Bodies.text(ask(Disclosure.CHECKS, "/live" + target + "&verbose")))
        .isEqualTo("[+]heap ok\nlivez check passed\n");
    assertThat(Bodies.text(ask(Disclosure.DETAILS, target + "&verbose")))
        .isEqualTo(
            """
            [+]heap ok
            [+]memory ok: degraded
            [-]stripe:eu failed: reason withheld
            [-]catalogue failed: reason withheld
            healthz check passed
            """);
    assertThat(Bodies.text(ask(Disclosure.STATUS, "/ready" + target)))
        .isEqualTo("readyz check failed\n");
    assertThat(Bodies.text(ask(Disclosure.CHECKS, "/ready" + target)))
        .isEqualTo("[-]lifecycle failed: reason withheld\nreadyz check failed\n");
  }

  @ParameterizedTest
  @EnumSource(HealthFormat.class)
  void everyFormatStandsWithNoChecksAtAll(HealthFormat format) {
    try (HealthRegistry empty = HealthRegistry.builder().build()) {
      HealthResponse response =
          HealthEndpoint.builder(empty)
              .disclosure(Disclosure.DETAILS)
              .build()
              .handle(get("?format=" + format.parameter()));

      assertThat(response.status()).isEqualTo(200);
      if (format != HealthFormat.KUBERNETES) {
        assertThat(Bodies.json(response).path("status").asText()).isIn("healthy", "pass", "UP");
      }
    }
  }
}
