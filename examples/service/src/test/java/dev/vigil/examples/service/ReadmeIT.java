package dev.vigil.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.alerts.AlertEngine;
import dev.vigil.core.Secret;
import dev.vigil.core.ShutdownSequence;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.http.AdminServer;
import dev.vigil.logging.StructuredLogging;
import dev.vigil.metrics.JvmMeters;
import dev.vigil.metrics.report.MetricsReport;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.redis.RedisRateLimiter;
import dev.vigil.sentry.SentryReporter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is compiled and does what the README says. */
class ReadmeIT {

  @TempDir private Path directory;

  @Test
  void everyBlockIsRunByOneOfTheTestsBelow() throws Exception {
    assertThat(ReadmeSnippet.all())
        .containsOnlyKeys(
            "health",
            "servlet",
            "ratelimit",
            "security-headers",
            "core",
            "metrics",
            "alerts",
            "logging",
            "sentry");
  }

  @Test
  void theHealthBlockServesHealth() throws Exception {
    try (DatabaseServer database = DatabaseServer.start(Optional.empty());
        Vendor vendor = Vendor.start(Optional.empty())) {
      HttpServer server = loopbackServer();
      DataSource dataSource = database.pool();
      Map<String, Object> givens = new LinkedHashMap<>();
      givens.put("DataSource dataSource", dataSource);
      givens.put("URI uri", vendor.uri());
      givens.put("HttpServer server", server);

      try (HealthRegistry health =
          (HealthRegistry) ReadmeSnippet.all().get("health").run(givens, "health", directory)) {
        HttpResponse<String> answer = get(server.getAddress().getPort(), "/health", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"status\":\"");
        assertThat(health.names())
            .containsExactly("database", "stripe", "memory", "deadlock", "queue");
        assertThat(get(server.getAddress().getPort(), "/health/ready", null).statusCode())
            .isEqualTo(200);
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void theServletBlockServesDetailsToWhoeverHasTheToken() throws Exception {
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    jetty.setHandler(context);
    try (HealthRegistry health = HealthRegistry.builder().version("1.2.3").build()) {
      Map<String, Object> givens = new LinkedHashMap<>();
      givens.put("HealthRegistry health", health);
      givens.put("Secret token", Secret.of("the-token"));
      givens.put("ServletContextHandler context", context);
      ReadmeSnippet block = ReadmeSnippet.all().get("servlet");

      try (AdminServer admin = (AdminServer) block.run(givens, "admin", directory)) {
        jetty.start();

        assertThat(get(connector.getLocalPort(), "/health", "the-token").body())
            .contains("\"version\":\"1.2.3\"");
        assertThat(get(connector.getLocalPort(), "/health", null).body()).doesNotContain("version");
        assertThat(get(admin.port(), "/health/live", null).statusCode()).isEqualTo(200);
      } finally {
        jetty.stop();
      }
    }
  }

  @Test
  void theSecurityHeadersBlockGivesEachPathItsPolicy() throws Exception {
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    jetty.setHandler(context);
    ReadmeSnippet block = ReadmeSnippet.all().get("security-headers");
    context.addServletContainerInitializer(
        (classes, starting) -> {
          try {
            block.run(Map.of("ServletContext servletContext", starting), "null", directory);
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
        });
    try {
      jetty.start();

      assertThat(csp(connector, "/"))
          .contains(
              "script-src 'nonce-",
              "img-src 'self' https://cdn.example.com;",
              "report-uri /csp-reports");
      assertThat(csp(connector, "/api/orders")).startsWith("default-src 'none'; base-uri 'none'");
      assertThat(csp(connector, "/assets/a.js")).contains("script-src 'self';");
      assertThat(get(connector.getLocalPort(), "/csp-reports", null).statusCode()).isEqualTo(405);
    } finally {
      jetty.stop();
    }
  }

  private static String csp(ServerConnector connector, String path) throws Exception {
    return get(connector.getLocalPort(), path, null)
        .headers()
        .firstValue("Content-Security-Policy")
        .orElse("");
  }

  @Test
  void theRateLimitBlockLimits() throws Exception {
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    jetty.setHandler(context);
    try (CacheServer cache = CacheServer.start(Optional.empty())) {
      Map<String, Object> givens = new LinkedHashMap<>();
      givens.put("HostAndPort redis", cache.address());
      givens.put("JedisClientConfig config", cache.config());
      givens.put("ServletContextHandler context", context);
      ReadmeSnippet block = ReadmeSnippet.all().get("ratelimit");

      Object[] seen = (Object[]) block.run(givens, "new Object[] {limiter, decision}", directory);
      try (RedisRateLimiter limiter = (RedisRateLimiter) seen[0]) {
        jetty.start();

        assertThat(((Decision) seen[1]).allowed()).isTrue();
        HttpResponse<String> answer = get(connector.getLocalPort(), "/api/orders", null);
        assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"api\";q=1000;w=60");
        assertThat(limiter.name()).isEqualTo("api");
      } finally {
        jetty.stop();
      }
    }
  }

  @Test
  void theCoreBlockRedactsAndShutsDown() throws Exception {
    HttpServer server = loopbackServer();
    try (HealthRegistry health = HealthRegistry.builder().build()) {
      Map<String, Object> givens = new LinkedHashMap<>();
      givens.put("HealthRegistry health", health);
      givens.put("HttpServer server", server);

      Object[] seen =
          (Object[])
              ReadmeSnippet.all()
                  .get("core")
                  .run(givens, "new Object[] {safe, shutdown, proxies, profile}", directory);

      assertThat((String) seen[0]).contains("user=app").doesNotContain("hunter2");
      assertThat(seen[1]).isInstanceOf(ShutdownSequence.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  @SuppressWarnings("try") // opened to be closed
  void theMetricsBlockCountsRequests() throws Exception {
    HttpServer server = loopbackServer();
    MeterRegistry registry = new SimpleMeterRegistry();
    Map<String, Object> givens = new LinkedHashMap<>();
    givens.put("MeterRegistry registry", registry);
    givens.put("HttpServer server", server);
    HttpHandler handler =
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        };
    givens.put("HttpHandler handler", handler);
    Object[] opened =
        (Object[])
            ReadmeSnippet.all().get("metrics").run(givens, "new Object[] {jvm, report}", directory);
    try (JvmMeters jvm = (JvmMeters) opened[0];
        MetricsReport report = (MetricsReport) opened[1]) {
      assertThat(get(server.getAddress().getPort(), "/api/orders", null).statusCode())
          .isEqualTo(204);

      await()
          .untilAsserted(
              () -> assertThat(registry.get("http.server.requests").timer().count()).isEqualTo(1));
      assertThat(registry.get("work_orders_created").tag("service", "orders").counter().count())
          .isEqualTo(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theAlertsBlockWatches() throws Exception {
    Map<String, Object> givens = new LinkedHashMap<>();
    givens.put("MeterRegistry registry", new SimpleMeterRegistry());
    givens.put("Secret slackWebhook", Secret.of("http://localhost:1/planted-slack"));
    givens.put("Secret watchdogUrl", Secret.of("http://localhost:1/planted-watchdog"));
    givens.put("Path stateFile", directory.resolve("alerts.json"));

    try (AlertEngine engine =
        (AlertEngine) ReadmeSnippet.all().get("alerts").run(givens, "engine", directory)) {
      assertThat(engine.view().rules().get(0).name()).isEqualTo("high-error-rate");
      assertThat(engine.view().rules().size()).isGreaterThan(5);
      assertThat(engine.audit().toString()).doesNotContain("watchdog", "planted");
    }
  }

  @Test
  void theLoggingBlockWritesJsonWithoutThePassword() throws Exception {
    Path logs = directory.resolve("logs");
    Object logging =
        ReadmeSnippet.all().get("logging").run(Map.of("Path logs", logs), "logging", directory);
    ((StructuredLogging) logging).undo();

    assertThat(Files.readString(logs.resolve("combined.log")))
        .contains("\"order\":42", "password=***")
        .doesNotContain("hunter2");
  }

  @Test
  void theSentryBlockSendsAScrubbedEvent() throws Exception {
    try (Envelopes sentry = new Envelopes()) {
      SentryReporter errors =
          (SentryReporter)
              ReadmeSnippet.all()
                  .get("sentry")
                  .run(Map.of("String dsn", sentry.dsn()), "errors", directory);
      errors.close();

      assertThat(sentry.with("calling a listener")).hasSize(1);
      assertThat(sentry.all()).noneMatch(envelope -> envelope.contains("hunter2"));
    }
  }

  private static HttpServer loopbackServer() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static HttpResponse<String> get(int port, String path, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
