package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.Secret;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.checks.TcpCheck;
import dev.vigil.health.http.AdminServer;
import dev.vigil.health.http.Authoriser;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthHttpHandler;
import dev.vigil.health.probe.ProbeProcess.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The packed program as a gate after a deploy, against our own endpoint. */
class DeployGateIT {

  private final AtomicInteger runs = new AtomicInteger();
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .check("database", c -> HealthResult.healthy(), c -> c.inline())
          .check("search", c -> HealthResult.unhealthy("down"), c -> c.inline())
          .check(
              "flaps",
              c ->
                  runs.incrementAndGet() > 1
                      ? HealthResult.unhealthy("later")
                      : HealthResult.healthy(),
              c -> c.inline().cacheFor(Duration.ZERO))
          .check("tcp", TcpCheck.connect("localhost", 1), c -> c.group(HealthGroup.LIVENESS))
          .build();
  private final AdminServer server =
      AdminServer.start(
          0,
          Map.of(
              "/health",
              HealthHttpHandler.of(
                  HealthEndpoint.builder(registry)
                      .disclosure(Disclosure.CHECKS)
                      .authoriser(Authoriser.bearer(Secret.of("t0ken")))
                      .build())));

  @AfterEach
  void stop() {
    server.close();
    registry.close();
  }

  private Outcome probe(Map<String, String> environment, String... options) throws Exception {
    String[] args = new String[options.length + 1];
    args[0] = "http://127.0.0.1:" + server.port() + "/health";
    System.arraycopy(options, 0, args, 1, options.length);
    return new ProbeProcess(environment).run(args);
  }

  @Test
  void looksAtTheNamedChecksAlone() throws Exception {
    Outcome good = probe(Map.of(), "--checks", "database");
    Outcome bad = probe(Map.of(), "--checks", "database,search");
    Outcome unknown = probe(Map.of(), "--checks", "gone");

    assertThat(good.exit()).as(good.toString()).isZero();
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.err()).startsWith("unhealthy: search unhealthy; HTTP 503 in");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("HTTP 404");
  }

  @Test
  void wantsItToStayHealthy() throws Exception {
    Outcome stays = probe(Map.of(), "--checks", "database", "--stable", "1s");
    Outcome flaps = probe(Map.of(), "--checks", "flaps", "--stable", "2s", "--json");

    assertThat(stays.exit()).as(stays.toString()).isZero();
    assertThat(stays.out()).endsWith("; stayed so for 1 s\n");
    assertThat(flaps.exit()).isEqualTo(1);
    assertThat(flaps.err()).isEmpty();
    assertThat(flaps.out())
        .startsWith("{\"ok\":false,\"message\":\"unhealthy: flaps unhealthy; HTTP 503 in")
        .endsWith("did not stay healthy enough for 2 s\"}\n");
  }

  @Test
  void failsOnFindings() throws Exception {
    Map<String, String> token = Map.of("VIGIL_PROBE_TOKEN", "t0ken");

    Outcome warned = probe(token, "--checks", "database", "--fail-on", "warning");
    Outcome passed = probe(token, "--checks", "database", "--fail-on", "HIGH");
    Outcome anonymous = probe(Map.of(), "--checks", "database", "--fail-on", "HIGH");

    assertThat(warned.exit()).isEqualTo(1);
    assertThat(warned.err())
        .startsWith("audit: 1 finding of warning or worse: check \"tcp\" is in the liveness group");
    assertThat(passed.exit()).as(passed.toString()).isZero();
    assertThat(anonymous.exit()).isEqualTo(1);
    assertThat(anonymous.err()).contains("no audit: HTTP 401");
    assertThat(probe(Map.of(), "--fail-on", "all").exit()).isEqualTo(64);
  }

  @Test
  void tellsSlack() throws Exception {
    List<String> posts = new CopyOnWriteArrayList<>();
    HttpServer slack =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slack.createContext(
        "/",
        exchange -> {
          posts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    slack.start();
    String hook = "http://127.0.0.1:" + slack.getAddress().getPort() + "/services/planted";
    try {
      Outcome told =
          probe(Map.of("VIGIL_PROBE_SLACK", hook), "--checks", "database", "--notify-slack");
      Outcome untold = probe(Map.of(), "--checks", "database", "--notify-slack");
      slack.stop(0);
      Outcome deaf =
          probe(Map.of("VIGIL_PROBE_SLACK", hook), "--checks", "database", "--notify-slack");

      assertThat(told.exit()).isZero();
      assertThat(posts).hasSize(1);
      assertThat(posts.get(0)).startsWith("{\"text\":\"127.0.0.1:").contains("healthy: HTTP 200");
      assertThat(untold.exit()).isEqualTo(64);
      assertThat(untold.err()).contains("VIGIL_PROBE_SLACK");
      assertThat(deaf.exit()).as("the verdict stands").isZero();
      assertThat(deaf.err()).contains("warning: Slack could not be told").doesNotContain("planted");
    } finally {
      slack.stop(0);
    }
  }
}
