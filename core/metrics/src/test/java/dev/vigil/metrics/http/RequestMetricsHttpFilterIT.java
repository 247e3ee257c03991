package dev.vigil.metrics.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The filter in the JDK's server, over HTTP. */
class RequestMetricsHttpFilterIT {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMetricsHttpFilter filter =
      new RequestMetricsHttpFilter(RequestMetrics.of(registry));
  private final ExecutorService later = Executors.newSingleThreadExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    later.shutdownNow();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler).getFilters().add(0, filter);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, 2);
      exchange.getResponseBody().write(new byte[] {'o', 'k'});
    }
  }

  private String get(String path) throws IOException {
    return send("GET", path);
  }

  private String send(String method, String path) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
      socket.setSoTimeout(10_000);
      String raw = method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(raw.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private void counts(Map<String, Long> expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(counts()).isEqualTo(expected));
  }

  private Map<String, Long> counts() {
    return registry.find(RequestMetrics.METER).timers().stream()
        .collect(
            Collectors.toMap(
                RequestMetricsHttpFilterIT::text, Timer::count, Long::sum, TreeMap::new));
  }

  private static String text(Timer timer) {
    return Stream.of("method", "uri", "status", "outcome", "exception")
        .map(timer.getId()::getTag)
        .collect(Collectors.joining(" "));
  }

  @Test
  void theContextIsTheTemplateUnlessItIsAll() throws Exception {
    serve("/api", exchange -> answer(exchange, 200));
    serve(
        "/",
        exchange -> answer(exchange, exchange.getRequestURI().getPath().length() > 5 ? 404 : 200));

    get("/api/orders/1");
    get("/api/orders/2");
    get("/a");
    get("/missing/1");
    get("/missing/2");

    counts(
        Map.of(
            "GET /api 200 SUCCESS none", 2L,
            "GET /a 200 SUCCESS none", 1L,
            "GET NOT_FOUND 404 CLIENT_ERROR none", 2L));
  }

  @Test
  void hostileRequestLinesMakeNoValuesOfTheirOwn() throws Exception {
    serve("/", exchange -> answer(exchange, 200));

    send("HACK", "/caf%C3%A9");
    send("get", "/a%0d%0aX-Forged:1");
    send("X".repeat(100), "/reset/password=hunter2");
    send("GET", "/" + "x".repeat(3_000));

    counts(Map.of("UNKNOWN other 200 SUCCESS none", 3L, "GET other 200 SUCCESS none", 1L));
  }

  @Test
  void aHandlerThatThrowsIsAServerErrorForTheClientGetsNothing() throws Exception {
    serve(
        "/fail",
        exchange -> {
          throw new IllegalStateException("failed");
        });

    assertThat(get("/fail")).isEmpty();

    counts(Map.of("GET /fail 500 SERVER_ERROR IllegalStateException", 1L));
  }

  @Test
  void aHandlerThatAnswersLaterIsTimedUntilItDoes() throws Exception {
    serve(
        "/later",
        exchange ->
            later.execute(
                () -> {
                  try {
                    Thread.sleep(50);
                    answer(exchange, 202);
                  } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                  } catch (InterruptedException stopped) {
                    exchange.close();
                  }
                }));
    serve("/never", exchange -> later.execute(exchange::close));

    assertThat(get("/later")).startsWith("HTTP/1.1 202");
    assertThat(get("/never")).isEmpty();

    counts(Map.of("GET /later 202 SUCCESS none", 1L, "GET /never 500 SERVER_ERROR none", 1L));
    assertThat(
            registry
                .get(RequestMetrics.METER)
                .tag("uri", "/later")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isGreaterThanOrEqualTo(50);
  }
}
