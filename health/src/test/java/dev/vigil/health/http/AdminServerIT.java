package dev.vigil.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import dev.vigil.health.CheckOptions;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.testing.LeakedThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdminServerIT {

  /** Kubernetes' default time-out of a probe. */
  private static final Duration PROBE = Duration.ofSeconds(1);

  @RegisterExtension final LeakedThreads leaked = LeakedThreads.named("vigil-admin");

  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch release = new CountDownLatch(1);
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .check("heap", c -> HealthResult.healthy(), c -> c.inline().group(HealthGroup.LIVENESS))
          .build();
  private final HttpHandler echo =
      exchange -> {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
      };
  private final AdminServer server =
      AdminServer.start(
          0,
          Map.of(
              "/health",
              HealthHttpHandler.of(
                  HealthEndpoint.builder(registry).disclosure(Disclosure.CHECKS).build()),
              "/echo",
              echo));
  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    release.countDown();
    for (Socket socket : clients) {
      socket.close();
    }
    server.close();
    registry.close();
  }

  private HttpRequest request(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
        .timeout(PROBE)
        .build();
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return client.send(request(target), HttpResponse.BodyHandlers.ofString());
  }

  private Socket stalled(String firstBytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    clients.add(socket);
    socket.getOutputStream().write(firstBytes.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void answersLivenessWhileFiftyClientsStall() throws Exception {
    for (int i = 0; i < 10; i++) {
      stalled("");
      stalled("G");
      stalled("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      stalled("POST /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nabc");
      stalled("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
    }

    for (int i = 0; i < 5; i++) {
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Tag("long")
  void closesWhatComesOnTopOfAThousandThatWait() throws Exception {
    for (int i = 0; i < 1_200; i++) {
      stalled("G");
    }

    HttpResponse<String> response = null;
    for (int i = 0; i < 100 && response == null; i++) {
      try {
        response = get("/health/live");
      } catch (IOException refused) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    assertThat(response).isNotNull();
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void closesTheConnectionOfARequestThatDoesNotArrive() throws Exception {
    Socket alone = stalled("GET /health/live HTTP/1.1\r\nHo");
    alone.setSoTimeout(10_000); // five-fold

    assertThat(alone.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void waitsForASlowRequestWhileNobodyElseDoes() throws Exception {
    Socket slow = stalled("GET /health/live HTTP/1.1\r\n");
    TimeUnit.MILLISECONDS.sleep(500);
    slow.getOutputStream().write("Host: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(new String(slow.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void answersLivenessWhileOthersWaitForSlowChecks() throws Exception {
    registry.register(
        "slow",
        c -> {
          release.await();
          return HealthResult.healthy();
        },
        CheckOptions::notCritical);
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(
          client.sendAsync(
              HttpRequest.newBuilder(request("/health").uri()).build(),
              HttpResponse.BodyHandlers.ofString()));
    }

    for (int i = 0; i < 5; i++) {
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    release.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : waiting) {
      assertThat(answer.get(30, TimeUnit.SECONDS).body())
          .contains("\"slow\":{\"status\":\"healthy");
    }
  }

  @Test
  void handsHandlersTheWholeBodyAndNoMoreThanItsLimit() throws Exception {
    HttpRequest.Builder post = HttpRequest.newBuilder(request("/echo").uri());
    String largest = "x".repeat(64 * 1024);

    assertThat(
            client
                .send(
                    post.POST(HttpRequest.BodyPublishers.ofString(largest)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body())
        .isEqualTo(largest);
    assertThat(
            client
                .send(
                    post.POST(HttpRequest.BodyPublishers.ofString(largest + "x")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void listensOnLoopbackWithTwoDaemonThreads() throws Exception {
    for (int i = 0; i < 20; i++) {
      client.sendAsync(request("/health/live"), HttpResponse.BodyHandlers.discarding());
    }
    assertThat(get("/health/live").statusCode()).isEqualTo(200);

    List<Thread> ours =
        Thread.getAllStackTraces().keySet().stream()
            .filter(
                t -> t.getName().startsWith("vigil-admin") || t.getName().equals("HTTP-Dispatcher"))
            .toList();
    assertThat(ours).allMatch(Thread::isDaemon);
    assertThat(ours).filteredOn(t -> t.getName().matches("vigil-admin-\\d+")).hasSizeBetween(1, 2);
    assertThatThrownBy(() -> new Socket(InetAddress.getByName("127.0.0.2"), server.port()).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysWhichAddressItCannotListenOn() {
    assertThatThrownBy(() -> AdminServer.start(server.port(), Map.of()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the admin server cannot listen on")
        .hasMessageContaining(Integer.toString(server.port()));
    assertThatThrownBy(() -> AdminServer.start(0, Map.of("no-slash", echo)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listensOnTheAddressThatItIsTold() throws Exception {
    try (AdminServer other =
        AdminServer.start(
            new InetSocketAddress("127.0.0.2", 0),
            Map.of("/health", HealthHttpHandler.of(registry)))) {
      HttpRequest live =
          HttpRequest.newBuilder(URI.create("http://127.0.0.2:" + other.port() + "/health/live"))
              .build();

      assertThat(client.send(live, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void closesInTimeWhateverIsInProgress() throws Exception {
    for (int i = 0; i < 10; i++) {
      stalled("GET /health/live HTTP/1.1\r\nHo");
    }

    CompletableFuture<Void> closed =
        CompletableFuture.runAsync(
            () -> {
              server.close();
              server.close();
            });

    assertThat(closed).succeedsWithin(Duration.ofSeconds(10)); // five-fold
    assertThatThrownBy(() -> get("/health/live")).isInstanceOf(IOException.class);
  }
}
