package dev.vigil.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.testing.LeakedThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against the JDK's server on loopback; time bounds have five-fold slack. */
class JsonPostIT {

  private static final byte[] JSON = "{\"text\":\"grüß\"}".getBytes(UTF_8);
  private static final Duration SHORT = Duration.ofMillis(300);

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-post-");

  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private JsonPost post;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(handlers);
    server.start();
    post = builder().build();
  }

  @AfterEach
  void close() {
    post.close();
    end.countDown();
    server.stop(0);
    handlers.shutdownNow();
  }

  @Test
  void postsBodyAndHeaders() throws IOException {
    StringBuilder seen = new StringBuilder();
    answering(
        exchange -> {
          seen.append(exchange.getRequestMethod()).append(' ');
          seen.append(exchange.getRequestHeaders().getFirst("Content-Type")).append(' ');
          seen.append(exchange.getRequestHeaders().getFirst("X-Api-Key")).append(' ');
          seen.append(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          answer(exchange, 202, "täken");
        });

    JsonPost.Answer answer = post.post(uri(), Map.of("X-Api-Key", Secret.of("k1")), JSON);

    assertThat(seen).hasToString("POST application/json k1 {\"text\":\"grüß\"}");
    assertThat(answer.accepted()).isTrue();
    assertThat(answer.body()).isEqualTo("täken");
    assertThat(answer).hasToString("HTTP status 202");
  }

  @Test
  void givesUpOnAServerThatHangs() {
    answering(exchange -> awaitEnd());
    long start = System.nanoTime();

    Throwable failure = catchThrowable(this::postHastily);

    assertThat(failure)
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("no complete answer from " + receiver() + " within PT0.3S");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(requests).hasValue(1);
  }

  @Test
  void givesUpOnABodyThatTrickles() {
    answering(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          while (end.getCount() > 0) {
            body.write('x');
            body.flush();
            pause(20);
          }
        });

    assertThatThrownBy(this::postHastily).isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void readsOnlyTheBeginningOfAnEndlessBody() throws IOException {
    answering(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          byte[] block = "x".repeat(10_000).getBytes(UTF_8);
          while (end.getCount() > 0) {
            body.write(block); // ends by an IOException when the client hangs up
          }
        });
    JsonPost patient = builder().timeout(Duration.ofSeconds(30)).build();

    JsonPost.Answer answer = patient.post(uri(), Map.of(), JSON);
    patient.close();

    assertThat(answer.body()).hasSize(64 * 1024).matches("x+");
  }

  @Test
  void sendsAgainAfter429AsTheServerAsks() throws IOException {
    answering(
        exchange -> {
          if (requests.get() == 1) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            answer(exchange, 429, "slow down");
          } else {
            answer(exchange, 200, "ok");
          }
        });
    long start = System.nanoTime();

    JsonPost.Answer answer = post();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(requests).hasValue(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void returnsTheLastAnswerWhenItsRetriesAreUsedUp() throws IOException {
    answering(exchange -> answer(exchange, 503, "down"));

    assertThat(post().status()).isEqualTo(503);
    assertThat(requests).hasValue(3);
  }

  @Test
  void doesNotSendAgainWhatMayHaveBeenTaken() throws IOException {
    answering(exchange -> answer(exchange, 500, "half done"));

    assertThat(post().status()).isEqualTo(500);
    assertThat(requests).hasValue(1);
  }

  @Test
  void doesNotSendAgainWhenTheConnectionBreaks() {
    answering(HttpExchange::close);

    assertThatThrownBy(this::post)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no answer from " + receiver());
    assertThat(requests).hasValue(1);
  }

  @Test
  void followsNoRedirect() throws IOException {
    answering(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          answer(exchange, 307, "");
        });

    assertThat(post().status()).isEqualTo(307);
    assertThat(requests).hasValue(1);
  }

  @Test
  void namesReceiverAndCauseButNoPathWhenRefused() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + free + "/services/T0/B0/hooksecret?key=q1");

    assertThatThrownBy(() -> post.post(uri, Map.of(), JSON))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot connect to http://127.0.0.1:" + free + ": java.net.ConnectException");
  }

  @Test
  void letsGoOfItsCallerWhenClosed() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    answering(
        exchange -> {
          arrived.countDown();
          awaitEnd();
        });
    JsonPost patient = builder().timeout(Duration.ofMinutes(1)).build();
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> patient.post(uri(), Map.of(), JSON)), handlers);
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

    patient.close();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).hasMessage("this poster is closed");
    assertThatThrownBy(() -> patient.post(uri(), Map.of(), JSON))
        .hasMessage("this poster is closed");
  }

  @Test
  void letsGoOfItsCallerWhenInterrupted() {
    answering(exchange -> awaitEnd());

    Thread.currentThread().interrupt();

    assertThatThrownBy(this::post).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesWhatCannotBeSentWithoutRepeatingIt() {
    assertThatThrownBy(() -> post.post(uri(), Map.of("X-Key", Secret.of("hunter2\r\nX: y")), JSON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the value of header \"X-Key\" holds characters that a header cannot");
    for (String uri :
        new String[] {"ftp://h/hooksecret", "/hooksecret", "http://u:hooksecret@h/"}) {
      assertThatThrownBy(() -> post.post(URI.create(uri), Map.of(), JSON))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("hooksecret");
    }
  }

  private static JsonPost.Builder builder() {
    return JsonPost.builder("post", Profile.STAGING)
        .timeout(Duration.ofSeconds(30))
        .random(() -> 0.9);
  }

  private JsonPost.Answer post() throws IOException {
    return post.post(uri(), Map.of(), JSON);
  }

  private JsonPost.Answer postHastily() throws IOException {
    try (JsonPost hasty = builder().timeout(SHORT).build()) {
      return hasty.post(uri(), Map.of(), JSON);
    }
  }

  private URI uri() {
    return URI.create(receiver() + "/hook");
  }

  private String receiver() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answering(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          handler.handle(exchange);
        });
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
