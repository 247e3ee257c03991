package dev.vigil.health.acceptance;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.Secret;
import dev.vigil.health.HealthListener;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.checks.HttpCheck;
import dev.vigil.health.checks.JdbcCheck;
import dev.vigil.health.http.Authoriser;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthHttpHandler;
import dev.vigil.testing.LeakedThreads;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/**
 * A password planted wherever a health check can meet one leaves through no body, no log line and
 * no listener.
 */
@ExtendWith(LeakedThreads.class)
class PlantedSecretsIT {

  private static final String PLANTED = "hunter2-planted";
  private static final String TOKEN = "admin-token-planted";

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private Level before;

  @BeforeEach
  void listenToTheWholeLog() {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root.getLoggerContext());
    encoder.setPattern("%level %logger %msg %kvp %mdc%n%ex{full}");
    encoder.start();
    appender.setContext(root.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setOutputStream(logged);
    appender.start();
    ((Logger) LoggerFactory.getLogger("dev.vigil")).addAppender(appender);
    before = ((Logger) LoggerFactory.getLogger("dev.vigil")).getLevel();
    ((Logger) LoggerFactory.getLogger("dev.vigil")).setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger("dev.vigil")).detachAppender(appender);
    ((Logger) LoggerFactory.getLogger("dev.vigil")).setLevel(before);
    appender.stop();
  }

  @Test
  void noPlantedPasswordLeaves() throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(
        "jdbc:postgresql://localhost:1/app?user=app&password=" + PLANTED + "&connectTimeout=1");
    List<String> heard = new CopyOnWriteArrayList<>();
    HealthListener listener =
        change -> {
          heard.add(String.valueOf(change));
          throw new IllegalStateException("password=" + PLANTED);
        };
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (HealthRegistry health =
        HealthRegistry.builder()
            .defaultTimeout(ofSeconds(5))
            .listener(listener)
            .check("jdbc", JdbcCheck.of(database))
            .check(
                "vendor",
                HttpCheck.get(URI.create("http://localhost:1/?api_key=" + PLANTED))
                    .header("Authorization", Secret.of("Bearer " + PLANTED)))
            .check(
                "throws",
                context -> {
                  throw new SQLException(
                      "cannot connect to jdbc:mysql://root:" + PLANTED + "@db/app",
                      new IllegalStateException("{\"password\": \"" + PLANTED + "\"}"));
                })
            .check(
                "says",
                context ->
                    HealthResult.unhealthy("login with password=" + PLANTED + " failed")
                        .with("url", "redis://:" + PLANTED + "@cache:6379")
                        .with("password", PLANTED)
                        .with("headers", List.of("Authorization: Bearer " + PLANTED)))
            .check(
                "hangs",
                context -> {
                  context.onCancel(
                      () -> {
                        throw new IllegalStateException("secret=" + PLANTED);
                      });
                  Thread.sleep(300);
                  return HealthResult.degraded("token: " + PLANTED);
                },
                c -> c.timeout(ofMillis(50)))
            .build()) {
      HealthEndpoint endpoint =
          HealthEndpoint.builder(health)
              .disclosure(Disclosure.CHECKS)
              .authoriser(Authoriser.bearer(Secret.of(TOKEN)))
              .build();
      server.createContext("/health", HealthHttpHandler.of(endpoint));
      server.start();
      StringBuilder bodies = new StringBuilder();
      for (String format :
          List.of("native", "health%2Bjson", "actuator", "kubernetes&verbose", "microprofile")) {
        for (String token : new String[] {null, TOKEN, PLANTED}) {
          bodies.append(get(server, "/health?format=" + format, token)).append('\n');
        }
      }
      Thread.sleep(500); // the late result of the check that hangs
      bodies.append(get(server, "/health", TOKEN));

      assertThat(bodies.toString())
          .contains("\"throws\"", "errorId", "java.sql.SQLException")
          .doesNotContain(PLANTED)
          .doesNotContain(TOKEN);
    } finally {
      server.stop(0);
    }
    assertThat(heard).isNotEmpty().noneMatch(change -> change.contains(PLANTED));
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("check \"throws\" is unhealthy", "error id", "java.sql.SQLException")
        .doesNotContain(PLANTED)
        .doesNotContain(TOKEN);
  }

  private static String get(HttpServer server, String path, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://localhost:" + server.getAddress().getPort() + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.headers().map() + " " + response.body();
  }
}
