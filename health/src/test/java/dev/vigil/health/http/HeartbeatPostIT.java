package dev.vigil.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Secret;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.HeartbeatCheck;
import dev.vigil.testing.FakeTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a backup script does at its end, on a servlet container and on our own port. */
class HeartbeatPostIT {

  private final FakeTime time = new FakeTime();
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .time(time, time)
          .check(
              "backup",
              HeartbeatCheck.builder(Duration.ofHours(25)).time(time, time).build(),
              c -> c.inline())
          .build();
  private final HealthEndpoint endpoint =
      HealthEndpoint.builder(registry)
          .disclosure(Disclosure.STATUS)
          .authoriser(Authoriser.bearer(Secret.of("token")))
          .build();

  @AfterEach
  void close() {
    registry.close();
  }

  private int post(int port, String body, String... header) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/beat/backup"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (header.length > 0) {
      request.header(header[0], header[1]);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private void beatsOnlyWithCredentials(int port) throws Exception {
    time.advance(Duration.ofHours(60));
    assertThat(post(port, "")).isEqualTo(401);
    assertThat(registry.check().status()).isEqualTo(HealthStatus.UNHEALTHY);

    String body = "{\"event\":\"backup_completed\"}" + " ".repeat(50_000);
    assertThat(post(port, body, "Authorization", "Bearer token")).isEqualTo(200);

    time.advance(Duration.ofSeconds(2));
    assertThat(registry.check().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void beatsOnOurOwnPort() throws Exception {
    try (AdminServer server =
        AdminServer.start(0, Map.of("/health", HealthHttpHandler.of(endpoint)))) {
      beatsOnlyWithCredentials(server.port());
    }
  }

  @Test
  void beatsOnAServletContainer() throws Exception {
    Server jetty = new Server(0);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new HealthServlet(endpoint)), "/health/*");
    jetty.setHandler(context);
    jetty.start();
    try {
      beatsOnlyWithCredentials(((ServerConnector) jetty.getConnectors()[0]).getLocalPort());
    } finally {
      jetty.stop();
    }
  }
}
