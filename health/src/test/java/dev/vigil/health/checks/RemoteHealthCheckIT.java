package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.core.Secret;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.http.AdminServer;
import dev.vigil.health.http.Authoriser;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthFormat;
import dev.vigil.health.http.HealthHttpHandler;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteHealthCheckIT {

  private static HealthResult run(String uri) {
    return RemoteHealthCheck.of(URI.create(uri)).check(FakeContext.tenSeconds());
  }

  private static String said(int code, String body) {
    return "HTTP/1.1 " + code + " x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @ParameterizedTest
  @EnumSource(HealthFormat.class)
  void readsBackWhatEachFormatWrites(HealthFormat format) {
    for (HealthStatus status : HealthStatus.values()) {
      HealthRegistry registry =
          HealthRegistry.builder()
              .check("database", c -> HealthResult.of(status, "planted why"), c -> c.inline())
              .check("heap", c -> HealthResult.healthy(), c -> c.inline())
              .build();
      for (Disclosure level : Disclosure.values()) {
        HealthEndpoint endpoint =
            HealthEndpoint.builder(registry).disclosure(level).defaultFormat(format).build();
        try (AdminServer server =
            AdminServer.start(0, Map.of("/health", HealthHttpHandler.of(endpoint)))) {
          HealthResult result =
              run("http://127.0.0.1:" + server.port() + "/health?format=" + format.parameter());

          boolean lost =
              format == HealthFormat.MICROPROFILE
                  && level == Disclosure.STATUS
                  && status == HealthStatus.DEGRADED;
          assertThat(result.status())
              .as(format + " " + level + " " + result)
              .isEqualTo(lost ? HealthStatus.HEALTHY : status);
          assertThat(result.toString()).doesNotContain("planted");
        }
      }
      registry.close();
    }
  }

  @Test
  void namesWhatIsWrongThere() throws Exception {
    try (RawServer server =
        RawServer.saying(
            said(
                503,
                "{\"status\":\"DOWN\",\"components\":{\"db\":{\"status\":\"DOWN\"},"
                    + "\"<script>\":{\"status\":\"DOWN\"},\"ping\":{\"status\":\"UP\"}}}"))) {
      HealthResult result = run(server.uri().toString());

      assertThat(result)
          .hasToString("unhealthy: says that it is unhealthy: db {httpStatus=503, wrong=[db]}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"status\":\"UP\" | the body is not JSON: it ends too early at character 14",
        "200 | <html>ok</html> | the body is in no known format",
        "200 | Hello | the body is in no known format",
        "500 | oops | answered HTTP 500",
        "404 | {\"error\":1} | answered HTTP 404",
        "401 | {\"status\":\"UP\"} | credentials refused",
        "503 | {\"status\":\"UP\"} | answered with an error although it says healthy",
        "302 | moved | redirected without a usable Location"
      })
  void isUnhealthyWhereTheAnswerIsNone(int code, String body, String message) throws Exception {
    try (RawServer server = RawServer.saying(said(code, body))) {
      HealthResult result = run(server.uri().toString());

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.message()).isEqualTo(message);
    }
  }

  @Test
  void isUnhealthyWhereTheBodyHasNoEnd() throws Exception {
    String start = "{\"status\":\"UP\",\"x\":\"";
    try (RawServer server = RawServer.saying(said(200, start + "a".repeat(100_000) + "\"}"))) {
      assertThat(run(server.uri().toString()).message()).isEqualTo("the body is longer than 64 KB");
    }
  }

  @Test
  void isUnhealthyWhereNothingListensOrNothingIsSaid() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket(0)) {
      closed = free.getLocalPort();
    }
    try (RawServer silent = RawServer.silent();
        RawServer garbage = RawServer.saying("220 smtp ready\r\n")) {
      assertThat(run("http://127.0.0.1:" + closed + "/").message()).isEqualTo("no connection");
      assertThat(
              RemoteHealthCheck.of(silent.uri())
                  .check(FakeContext.within(Duration.ofMillis(300)))
                  .message())
          .isEqualTo("no complete answer before the time-out");
      assertThat(run(garbage.uri().toString()).message()).isEqualTo("no complete answer");
    }
  }

  @Test
  void sendsItsCredentialsAndShowsThemNowhere() {
    try (HealthRegistry registry =
            HealthRegistry.builder()
                .check("db", c -> HealthResult.degraded("slow"), c -> c.inline())
                .build();
        AdminServer server =
            AdminServer.start(
                0,
                Map.of(
                    "/health",
                    HealthHttpHandler.of(
                        HealthEndpoint.builder(registry)
                            .disclosure(Disclosure.STATUS)
                            .authoriser(Authoriser.bearer(Secret.of("planted-token")))
                            .build())))) {
      RemoteHealthCheck check =
          RemoteHealthCheck.of(URI.create("http://127.0.0.1:" + server.port() + "/health"))
              .header("Authorization", Secret.of("Bearer planted-token"));

      HealthResult result = check.check(FakeContext.tenSeconds());

      assertThat(result.data()).containsEntry("wrong", List.of("db"));
      assertThat(result.toString()).doesNotContain("planted");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> check.header("Authorization", Secret.of("planted\n")))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("planted"));
    }
  }

  /** Two services that look at each other: no one waits, and no failure keeps itself alive. */
  @Test
  void breaksACircleOfServices() throws Exception {
    int portOfB;
    try (ServerSocket free = new ServerSocket(0)) {
      portOfB = free.getLocalPort();
    }
    HealthResult[] database = {HealthResult.healthy()};
    try (HealthRegistry a =
            HealthRegistry.builder()
                .check("database", c -> database[0], c -> c.inline().cacheFor(Duration.ZERO))
                .check("b", remote(portOfB), c -> c.cacheFor(Duration.ZERO))
                .build();
        AdminServer serverOfA = serve(a, 0);
        HealthRegistry b =
            HealthRegistry.builder()
                .check("a", remote(serverOfA.port()), c -> c.cacheFor(Duration.ZERO))
                .build();
        AdminServer serverOfB = serve(b, portOfB)) {
      assertThat(serverOfB.port()).isEqualTo(portOfB);
      assertThat(b.check().status()).isEqualTo(HealthStatus.HEALTHY);
      assertThat(a.check().status()).isEqualTo(HealthStatus.HEALTHY);

      database[0] = HealthResult.unhealthy("down");
      assertThat(b.check().status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(a.check().checks().get("b").status())
          .as("B without what it thinks of A")
          .isEqualTo(HealthStatus.HEALTHY);

      database[0] = HealthResult.healthy();
      assertThat(a.check().status()).isEqualTo(HealthStatus.HEALTHY);
      assertThat(b.check().status()).isEqualTo(HealthStatus.HEALTHY);
    }
  }

  private static RemoteHealthCheck remote(int port) {
    return RemoteHealthCheck.of(URI.create("http://127.0.0.1:" + port + "/health"));
  }

  private static AdminServer serve(HealthRegistry registry, int port) {
    HealthEndpoint endpoint =
        HealthEndpoint.builder(registry).disclosure(Disclosure.CHECKS).build();
    return AdminServer.start(port, Map.of("/health", HealthHttpHandler.of(endpoint)));
  }
}
