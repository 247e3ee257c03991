package dev.vigil.examples.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.health.http.AdminServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Everything by properties; on virtual threads where the JDK has them, and with lazy beans. */
class PropertiesIT {

  private static final BlockingQueue<String> ALERTS = new LinkedBlockingQueue<>();

  private static RunningApplication application;
  private static HttpServer receiver;

  @BeforeAll
  static void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          ALERTS.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    application =
        RunningApplication.start(
            "spring.main.lazy-initialization=true",
            "spring.threads.virtual.enabled=true",
            "vigil.health.port=0",
            "vigil.health.address=127.0.0.1",
            "vigil.health.token=a-token-of-this-test",
            "vigil.ratelimit.limits.api.path=/api/orders",
            "vigil.ratelimit.limits.api.permits=3",
            "vigil.ratelimit.limits.api.window=1h",
            "vigil.ratelimit.redis.timeout=5s",
            "vigil.ratelimit.redis.when-unavailable=deny",
            "vigil.alerts.real-time=true",
            "vigil.alerts.interval=1s",
            "vigil.alerts.channels.ops.type=webhook",
            "vigil.alerts.channels.ops.url=http://localhost:" + receiver.getAddress().getPort(),
            "vigil.alerts.rules.all-well.when=health(\"database\") == healthy",
            "vigil.alerts.rules.all-well.severity=critical",
            "vigil.alerts.rules.all-well.channels=ops",
            "vigil.headers.preset=strict",
            "vigil.headers.paths.api.path=/api/*",
            "vigil.headers.paths.api.cache-control=s-maxage=60");
  }

  @AfterAll
  static void stop() {
    application.close();
    receiver.stop(0);
  }

  @Test
  void tellsOfAlertsByTheRulesOfTheProperties() throws InterruptedException {
    assertThat(ALERTS.poll(20, TimeUnit.SECONDS)).contains("all-well").contains("critical");
  }

  @Test
  void limitsAcrossInstancesInRedis() {
    List<HttpResponse<String>> answers =
        IntStream.range(0, 4).mapToObj(i -> application.get("/api/orders")).toList();

    assertThat(answers.stream().map(HttpResponse::statusCode)).containsExactly(200, 200, 200, 429);
    assertThat(answers.get(3).headers().firstValue("RateLimit-Policy"))
        .hasValue("\"api\";q=3;w=3600");
    assertThat(answers.get(3).headers().firstValue("X-Content-Type-Options"))
        .as("the refusal has the headers")
        .hasValue("nosniff");
    assertThat(application.context().getBean(StringRedisTemplate.class).keys("rate_limit:*"))
        .anyMatch(key -> key.contains("api|127.0.0.1"));
  }

  @Test
  void writesThePathsOwnHeaders() {
    HttpResponse<String> api = application.get("/api/thread");
    HttpResponse<String> other = application.get("/nowhere");

    assertThat(api.headers().firstValue("Cache-Control")).hasValue("s-maxage=60");
    assertThat(api.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("'nonce-");
    assertThat(api.headers().firstValue("X-Request-Id")).isPresent();
  }

  @Test
  void servesHealthOnAPortOfItsOwn() {
    int port = application.context().getBean(AdminServer.class).port();

    String details =
        RunningApplication.get(port, "/health", "Authorization", "Bearer a-token-of-this-test")
            .body();

    assertThat(details).contains("\"database\"").contains("\"cache\"").contains("\"healthy\"");
    assertThat(RunningApplication.get(port, "/health/ready").statusCode()).isEqualTo(200);
    assertThat(application.get("/health").statusCode()).isEqualTo(404);
  }

  @Test
  void runsOnVirtualThreadsWhereTheJdkHasThem() {
    String thread = application.get("/api/thread").body();

    assertThat(thread.startsWith("VirtualThread")).isEqualTo(Runtime.version().feature() >= 21);
  }
}
