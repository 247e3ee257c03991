package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do not play by the rules: the check ends in time and leaves no connection open. */
class HttpHangIT {

  private static final Duration LIMIT = Duration.ofMillis(400);
  private static final Duration FIVE_FOLD = LIMIT.multipliedBy(5);
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "", // accepts and never answers
        "HTTP/1.1 20", // stalls in the status line
        HEAD + "Content-Length: 10\r\n", // stalls in the headers
        HEAD + "Content-Length: 10\r\n\r\n", // stalls before the body
        HEAD + "Content-Length: 10\r\n\r\nabc", // stalls in the body
        HEAD + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", // never ends its chunks
      })
  void endsInTimeWhereTheServerStalls(String said) throws Exception {
    try (RawServer server = RawServer.saying(said)) {
      long start = System.nanoTime();

      HealthResult result = HttpCheck.get(server.uri()).check(FakeContext.within(LIMIT));

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.message()).isEqualTo("no complete answer before the time-out");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, FIVE_FOLD);
      assertConnectionClosed(server);
    }
  }

  @Test
  void readsNoMoreThanItMustOfABodyWithoutEnd() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    try (RawServer server =
        RawServer.doing(
            (socket, out) -> {
              try {
                RawServer.say(out, HEAD + "\r\n");
                while (true) {
                  RawServer.say(out, "x".repeat(1000));
                }
              } catch (IOException closed) {
                left.countDown();
              }
            })) {

      HealthResult result =
          HttpCheck.get(server.uri())
              .bodyMatching(body -> body.length() == BodyStart.LIMIT)
              .check(FakeContext.tenSeconds());

      assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
      assertThat(left.await(5, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
    }
  }

  @Test
  void leavesAServerThatTrickles() throws Exception {
    try (RawServer server =
        RawServer.doing(
            (socket, out) -> {
              RawServer.say(out, HEAD + "Content-Length: 100000\r\n\r\n");
              while (true) {
                RawServer.say(out, "x");
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
              }
            })) {
      long start = System.nanoTime();

      HealthResult result = HttpCheck.get(server.uri()).check(FakeContext.within(LIMIT));

      assertThat(result.message()).isEqualTo("no complete answer before the time-out");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, FIVE_FOLD);
    }
  }

  @Test
  void endsAtOnceWhenTheRunIsCancelled() throws Exception {
    try (RawServer server = RawServer.silent()) {
      FakeContext context = FakeContext.within(Duration.ofMinutes(5));
      CompletableFuture<HealthResult> result =
          CompletableFuture.supplyAsync(() -> HttpCheck.get(server.uri()).check(context));
      await().until(() -> !server.accepted().isEmpty());

      context.cancel();

      assertThat(result.get(10, TimeUnit.SECONDS).status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertConnectionClosed(server);
    }
  }

  @Test
  void saysNoConnectionWhereNothingListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    HealthResult result =
        HttpCheck.get(URI.create("http://127.0.0.1:" + port + "/")).check(FakeContext.tenSeconds());

    assertThat(result.message()).isEqualTo("no connection");
    assertThat(result.cause()).isNotNull();
  }

  @Test
  void saysWhereTheNameCannotBeResolved() {
    HealthResult result =
        HttpCheck.get(URI.create("http://no-such-host.invalid/")).check(FakeContext.tenSeconds());

    assertThat(result.message()).isEqualTo("the host name cannot be resolved");
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n", "\0\0\0\0\r\n\r\n"})
  void isUnhealthyWhereTheServerSpeaksSomethingElse(String said) throws Exception {
    try (RawServer server =
        RawServer.doing(
            (socket, out) -> {
              RawServer.say(out, said);
              socket.close();
            })) {

      HealthResult result = HttpCheck.get(server.uri()).check(FakeContext.tenSeconds());

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.message()).isEqualTo("no complete answer");
      assertThat(result.toString()).doesNotContain("SSH");
    }
  }

  @Test
  void costsNoMoreThanTwoThreadsOfOurs() throws Exception {
    try (RawServer server = RawServer.silent()) {
      HttpCheck check = HttpCheck.get(server.uri());

      for (int i = 0; i < 10; i++) {
        check.check(FakeContext.within(Duration.ofMillis(20)));
      }

      assertThat(server.accepted()).hasSizeGreaterThan(1);
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> thread.getName().equals("vigil-http-check-3")))
          .isEmpty();
    }
  }

  private static void assertConnectionClosed(RawServer server) throws IOException {
    Socket socket = server.accepted().get(0);
    socket.setSoTimeout(10_000);
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (java.net.SocketException reset) {
      // Closed as well.
    }
  }
}
