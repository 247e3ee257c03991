package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.health.probe.ProbeProcess.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program, as a process, against the JDK's server on loopback. */
class HealthProbeIT {

  private static final String HEALTHY = "{\"status\":\"healthy\",\"checks\":{}}";

  @TempDir Path dir;

  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(int code, String body) {
    serve(exchange -> respond(exchange, code, body));
  }

  private void serve(com.sun.net.httpserver.HttpHandler handler) {
    server.createContext(
        "/health",
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          handler.handle(exchange);
        });
  }

  private static void respond(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void endsWithZeroWhenHealthyEnough() throws Exception {
    answer(200, HEALTHY);

    Outcome outcome = new ProbeProcess().run(url());

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).matches("healthy: HTTP 200 in \\d+ ms\n");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void endsWithOneAndNamesWhatIsWrong() throws Exception {
    answer(503, "{\"status\":\"DOWN\",\"components\":{\"db\":{\"status\":\"DOWN\"}}}");

    Outcome outcome = new ProbeProcess().run(url());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).matches("unhealthy: db DOWN; HTTP 503 in \\d+ ms\n");
  }

  @Test
  void endsWith64OnWrongUsage() throws Exception {
    Outcome outcome = new ProbeProcess().run("ftp://host/");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                64,
                "",
                "the URL must be http://HOST[:PORT]/PATH or https://...; --help tells the options\n"));
  }

  @Test
  void endsWithOneWhenNobodyListens() throws Exception {
    int port = closedPort();

    Outcome outcome = new ProbeProcess().run("http://127.0.0.1:" + port + "/health");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(1, "", "unreachable: 127.0.0.1:" + port + " refuses the connection\n"));
  }

  @Test
  void holdsDegradedAgainstTheExpectation() throws Exception {
    answer(200, "{\"status\":\"warn\"}");

    assertThat(new ProbeProcess().run(url()).exit()).isZero();
    assertThat(new ProbeProcess().run(url(), "--expect", "healthy").exit()).isEqualTo(1);
  }

  @Test
  void waitsForAServerThatIsNotThereYet() throws Exception {
    int port = closedPort();
    threads.execute(
        () -> {
          try {
            Thread.sleep(1500);
            HttpServer late =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            late.createContext("/", exchange -> respond(exchange, 200, HEALTHY));
            late.start();
          } catch (IOException | InterruptedException cannot) {
            throw new AssertionError(cannot);
          }
        });

    Outcome outcome =
        new ProbeProcess().run("http://127.0.0.1:" + port + "/health", "--wait", "50s");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).startsWith("healthy: HTTP 200");
  }

  @Test
  void waitsForAServerThatBecomesHealthy() throws Exception {
    serve(
        exchange -> {
          boolean up = authorizations.size() > 3;
          respond(exchange, up ? 200 : 503, up ? HEALTHY : "{\"status\":\"unhealthy\"}");
        });

    Outcome outcome = new ProbeProcess().run(url(), "--wait", "50s");

    assertThat(outcome.exit()).isZero();
    assertThat(authorizations).hasSize(4);
  }

  @Test
  void givesUpWithTheLastReason() throws Exception {
    answer(503, "{\"status\":\"unhealthy\",\"reason\":\"starting\"}");

    Outcome outcome = new ProbeProcess().run(url(), "--wait", "1s");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err())
        .matches("unhealthy: starting; HTTP 503 in \\d+ ms; gave up after 1 s and \\d attempts?\n");
  }

  @Test
  void refusesAnAnswerThatIsTooSlow() throws Exception {
    serve(
        exchange -> {
          try {
            Thread.sleep(600);
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          respond(exchange, 200, HEALTHY);
        });

    Outcome outcome = new ProbeProcess().run(url(), "--max-response", "500ms");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).matches("too slow: HTTP 200 in \\d+ ms, limit 500 ms\n");
  }

  @Test
  void leavesAServerThatDrips() throws Exception {
    try (RawServer drip =
        RawServer.start(
            out -> {
              for (int i = 0; i < 600; i++) {
                out.write(i < 17 ? "HTTP/1.1 200 OK\r\n".charAt(i) : 'x');
                out.flush();
                Thread.sleep(50);
              }
            })) {
      long start = System.nanoTime();

      Outcome outcome = new ProbeProcess().run(drip.url(), "--timeout", "1s");

      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.err()).endsWith(" gave no whole answer within 1 s\n");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void sendsTheTokenOfTheEnvironmentAndNeverPrintsIt() throws Exception {
    answer(503, "{\"status\":\"down\",\"reason\":\"you are s3cret\"}");

    Outcome outcome = new ProbeProcess(Map.of("VIGIL_PROBE_TOKEN", "s3cret")).run(url());

    assertThat(authorizations).containsExactly("Bearer s3cret");
    assertThat(outcome.err()).startsWith("unhealthy: you are ***; HTTP 503").hasLineCount(1);
  }

  @Test
  void sendsTheTokenOfAFile() throws Exception {
    answer(200, HEALTHY);
    Path token = Files.writeString(dir.resolve("token"), "s3cret\n");
    Path header = Files.writeString(dir.resolve("header"), "Authorization: Bearer other\n");

    new ProbeProcess(Map.of("VIGIL_PROBE_TOKEN", "@" + token)).run(url());
    Outcome outcome = new ProbeProcess().run(url(), "--header", "@" + header);

    assertThat(authorizations).containsExactly("Bearer s3cret", "Bearer other");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void warnsOfASecretInTheProcessList() throws Exception {
    answer(200, HEALTHY);

    Outcome outcome = new ProbeProcess().run(url(), "--header", "Authorization: Bearer s3cret");

    assertThat(authorizations).containsExactly("Bearer s3cret");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).startsWith("healthy: ");
    assertThat(outcome.err())
        .isEqualTo(
            "warning: Authorization stands in the process list for all to read;"
                + " use --header @file or VIGIL_PROBE_TOKEN\n");
  }

  @Test
  void maySendAHostOfItsOwn() throws Exception {
    serve(
        exchange ->
            respond(
                exchange, 200, exchange.getRequestHeaders().getFirst("Host") + " check passed"));

    Outcome outcome =
        new ProbeProcess().run(url(), "--header", "Host: shop.example", "--expect", "healthy");

    assertThat(outcome.out()).matches("healthy: HTTP 200 in \\d+ ms\n");
  }

  @Test
  void printsNoControlCharacterOfTheServer() throws Exception {
    answer(
        503, "{\"status\":\"fail\",\"checks\":{\"a\\n\\u001b[2J\\u0007\":{\"status\":\"fail\"}}}");

    Outcome outcome = new ProbeProcess().run(url());

    assertThat(outcome.err()).startsWith("unhealthy: a??[2J? fail; HTTP 503").hasLineCount(1);
  }

  @Test
  void readsWordsInATurkishLocale() throws Exception {
    answer(200, "{\"status\":\"FAIL\"}");

    Outcome outcome = new ProbeProcess().jvm("-Duser.language=tr").run(url());

    assertThat(outcome.err()).startsWith("unhealthy: HTTP 200");
  }

  @Test
  void loadsNothingButItselfAndTheJdksHttp() throws Exception {
    answer(200, HEALTHY);
    Path log = dir.resolve("classes");

    new ProbeProcess().jvm("-Xlog:class+load:file=" + log).run(url());

    List<String> classes = Files.readAllLines(log);
    assertThat(classes)
        .filteredOn(line -> line.contains("dev.vigil"))
        .hasSizeBetween(5, 25)
        .allMatch(line -> line.matches(".*dev\\.vigil\\.health\\.(probe|internal\\.reading)\\..*"))
        .noneMatch(line -> line.contains("$$Lambda"));
    assertThat(classes).noneMatch(line -> line.contains("java.net.http."));
  }

  @Test
  void tellsTheVersionOfItsJar() throws Exception {
    assertThat(new ProbeProcess().run("--version").out()).matches("vigil-probe \\S.*\n");
  }
}
