package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.core.Finding;
import dev.vigil.core.Finding.Severity;
import dev.vigil.core.Secret;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.HeartbeatCheck;
import dev.vigil.health.checks.TcpCheck;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostRoutesTest {

  private final FakeTime time = new FakeTime();
  private final HeartbeatCheck backup =
      HeartbeatCheck.builder(Duration.ofHours(1)).time(time, time).build();
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .time(time, time)
          .check("backup", backup, c -> c.inline())
          .check("database", c -> HealthResult.healthy(), c -> c.inline())
          .check("tcp", TcpCheck.connect("localhost", 1), c -> c.group(HealthGroup.LIVENESS))
          .build();
  private final HealthEndpoint endpoint = endpoint().drills(true).build();

  private HealthEndpoint.Builder endpoint() {
    return HealthEndpoint.builder(registry)
        .disclosure(Disclosure.STATUS)
        .authoriser(Authoriser.bearer(Secret.of("token")));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private static TestRequest authorised(TestRequest request) {
    return request.with("Authorization", "Bearer token");
  }

  private HealthResponse post(String target) {
    return endpoint.handle(authorised(get(target).method("POST")));
  }

  private HealthStatus backupNow() {
    time.advance(Duration.ofSeconds(2));
    return registry.check().checks().get("backup").status();
  }

  @Test
  void beats() {
    time.advance(Duration.ofHours(3));
    assertThat(backupNow()).isEqualTo(HealthStatus.UNHEALTHY);

    assertThat(post("/beat/backup").status()).isEqualTo(200);

    assertThat(backupNow()).isEqualTo(HealthStatus.HEALTHY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/beat/gone", "/beat/database", "/beat/", "/beat/backup/", "/drill/gone"})
  void knowsNoOther(String path) {
    HealthResponse response = post(path + "?who=planted");

    assertThat(response.status()).isEqualTo(404);
    assertThat(Bodies.text(response)).doesNotContain("gone", "planted");
  }

  @Test
  void wantsCredentials() {
    HealthResponse anonymous = endpoint.handle(get("/beat/backup").method("POST"));
    HealthResponse wrong =
        endpoint.handle(get("/beat/gone").method("POST").with("Authorization", "Bearer guess"));

    assertThat(anonymous.status()).isEqualTo(401);
    assertThat(anonymous.headers()).containsKey("WWW-Authenticate");
    assertThat(wrong.status()).isEqualTo(401);
    time.advance(Duration.ofHours(3));
    assertThat(backupNow()).as("no beat came through").isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void allowsNoPostWithoutAnAuthoriserNorADrillWhereItIsOff() {
    HealthEndpoint open = HealthEndpoint.builder(registry).disclosure(Disclosure.DETAILS).build();

    assertThat(open.handle(get("/beat/backup").method("POST")).status()).isEqualTo(405);
    assertThat(
            endpoint()
                .build()
                .handle(authorised(get("/drill/database?who=a").method("POST")))
                .status())
        .isEqualTo(405);
    assertThat(post("/").status()).isEqualTo(405);
    assertThat(endpoint.handle(authorised(get("/beat/backup"))).status()).isEqualTo(404);
    assertThat(endpoint.handle(authorised(get("/beat/backup").method("PUT"))).status())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 200", "none, 200"})
  void letsNoOtherSitesPagePost(String site, int status) {
    HealthResponse response =
        endpoint.handle(
            authorised(get("/beat/backup").method("POST")).with("Sec-Fetch-Site", site));

    assertThat(response.status()).isEqualTo(status);
  }

  @Test
  void drills() {
    assertThat(post("/drill/database?who=alice%20b&status=unhealthy&for=PT1M").status())
        .isEqualTo(200);
    assertThat(registry.check().checks().get("database").message().orElseThrow())
        .startsWith("DRILL by \"alice b\" until 2026-01-01T00:01:00Z");

    assertThat(post("/drill/database?end").status()).isEqualTo(200);
    assertThat(registry.check().checks().get("database").drill()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?who=",
        "?who=a&status=planted",
        "?who=a&for=planted",
        "?who=a&for=PT25H",
        "?who=a&for=-PT1S",
        "?who=a&for=PT99999999999H",
        "?who=%zz"
      })
  void refusesAMalformedDrill(String query) {
    HealthResponse response = post("/drill/database" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(Bodies.text(response)).doesNotContain("planted");
    assertThat(registry.check().drill()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(HealthFormat.class)
  void saysDrillInEveryFormatToEveryone(HealthFormat format) {
    registry.drill("database", HealthStatus.UNHEALTHY, Duration.ofMinutes(5), "alice");
    String target = "?format=" + format.parameter();

    HealthResponse anonymous = endpoint.handle(get(target));
    HealthResponse granted = endpoint.handle(authorised(get(target)));

    assertThat(anonymous.headers()).containsEntry("Vigil-Drill", "true");
    assertThat(granted.headers()).containsEntry("Vigil-Drill", "true");
    assertThat(Bodies.text(granted)).contains("DRILL");
    assertThat(anonymous.status()).isEqualTo(503);
  }

  @Test
  void listsFindingsWorstFirstForTheAuthorisedOnly() throws Exception {
    HealthEndpoint audited =
        endpoint()
            .audit(
                () ->
                    List.of(
                        new Finding(Severity.INFO, "policy", "token=planted7x1", "change it"),
                        new Finding(Severity.ERROR, "headers", "no policy", "add one")))
            .build();

    assertThat(audited.handle(get("/audit")).status()).isEqualTo(401);
    HealthResponse response = audited.handle(authorised(get("/audit")));
    JsonNode findings = Bodies.json(response).path("findings");

    assertThat(response.status()).isEqualTo(200);
    assertThat(findings).hasSize(3);
    assertThat(findings.get(0).path("severity").asText()).isEqualTo("error");
    assertThat(findings.get(1).path("where").asText()).isEqualTo("check \"tcp\"");
    assertThat(findings.get(2).path("severity").asText()).isEqualTo("info");
    assertThat(Bodies.text(response)).doesNotContain("planted");
    assertThat(HealthEndpoint.of(registry).handle(get("/audit")).status()).isEqualTo(404);
  }

  @Test
  void answersAllTheSameWhereAnAuditFails() {
    HealthEndpoint broken =
        endpoint()
            .audit(
                () -> {
                  throw new IllegalStateException("planted");
                })
            .build();

    assertThat(broken.handle(authorised(get("/audit"))).status()).isEqualTo(500);
  }
}
