package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile and broken servers do to one exchange. */
class BoundedExchangeIT {

  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
          throw new UnsupportedOperationException();
        }
      };

  private static Answer get(String url, Duration limit, String... options) throws IOException {
    String[] args = new String[options.length + 1];
    System.arraycopy(options, 0, args, 0, options.length);
    args[options.length] = url;
    return new BoundedExchange(CLOCK).get(Arguments.parse(args, "t0ken"), limit.toNanos());
  }

  private static Answer get(RawServer server) throws IOException {
    return get(server.url(), Duration.ofSeconds(20));
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void assertComesBackFrom(RawServer.Behaviour drip) throws IOException {
    try (RawServer server = RawServer.start(drip)) {
      long start = System.nanoTime();

      assertThatThrownBy(() -> get(server.url(), Duration.ofMillis(400)))
          .isInstanceOf(SocketTimeoutException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(399), Duration.ofSeconds(2));
      await().atMost(Duration.ofSeconds(5)).until(BoundedExchangeIT::noThreadIsLeft);
    }
  }

  private static boolean noThreadIsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("vigil-probe"));
  }

  @Test
  void sendsOnePlainGetWithTheToken() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      Answer answer = get(server);

      assertThat(answer.code()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0))
          .startsWith("GET /health HTTP/1.1\r\n")
          .contains("User-Agent: vigil-probe\r\n", "Accept: application/json, */*;q=0.5\r\n")
          .contains("Authorization: Bearer t0ken\r\n");
    }
  }

  @Test
  void letsALaterHeaderReplaceAnEarlierOne() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      get(server.url(), Duration.ofSeconds(20), "--header", "authorization: Basic abc");

      assertThat(server.requests().get(0)).contains("Basic abc").doesNotContain("t0ken");
    }
  }

  @ParameterizedTest
  @CsvSource({"200, text/html", "200, application/octet-stream", "503, application/json"})
  void readsTheBodyWhateverCodeAndContentTypeSay(int code, String type) throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 " + code + " X\r\nContent-Type: " + type + "\r\n\r\n{\"status\":\"ä\"}")) {
      Answer answer = get(server);

      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.body()).isEqualTo("{\"status\":\"ä\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic realm=\"x\"", "Negotiate", "NTLM", "Digest realm=\"x\", nonce=\"y\""})
  void takesAChallengeForAnAnswer(String challenge) throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 401 No\r\nWWW-Authenticate: "
                + challenge
                + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(get(server).code()).isEqualTo(401);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void leavesAServerThatNeverAnswers() throws IOException {
    assertComesBackFrom(out -> Thread.sleep(10_000));
  }

  @Test
  void leavesAServerThatDripsItsHead() throws IOException {
    assertComesBackFrom(
        out -> {
          send(out, "HTTP/1.1 200 OK\r\nX-Drip: ");
          for (int i = 0; i < 200; i++) {
            send(out, "x");
            Thread.sleep(50);
          }
        });
  }

  @Test
  void leavesAServerThatDripsItsBody() throws IOException {
    assertComesBackFrom(
        out -> {
          send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          for (int i = 0; i < 200; i++) {
            send(out, "1\r\n{\r\n");
            Thread.sleep(50);
          }
        });
  }

  @Test
  void readsNoMoreOfABodyThanItMay() throws IOException {
    byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
    try (RawServer server =
        RawServer.start(
            out -> {
              send(out, "HTTP/1.1 200 OK\r\n\r\n");
              for (int i = 0; i < 100_000; i++) {
                out.write(block);
              }
            })) {
      Answer answer = get(server);

      assertThat(answer.cut()).isTrue();
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void readsABodyOfExactlyTheLimit() throws IOException {
    String body = "x".repeat(256 * 1024);
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\n" + body)) {
      Answer answer = get(server);

      assertThat(answer.cut()).isFalse();
      assertThat(answer.body()).hasSize(256 * 1024);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":\"UP\"}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"status\":\"UP\"}\r\n"
      })
  void takesABrokenAnswerForNone(String bytes) throws IOException {
    try (RawServer server = RawServer.answering(bytes)) {
      assertThatThrownBy(() -> get(server))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void tellsARefusedConnectionFromAnUnknownName() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThatThrownBy(() -> get("http://127.0.0.1:" + free + "/", Duration.ofSeconds(20)))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> get("http://no-such-host.invalid/", Duration.ofSeconds(20)))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void followsARedirectWithinTheOriginThreeTimes() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 302 X\r\nLocation: /again?a=b\r\nContent-Length: 0\r\n\r\n")) {
      Answer answer = get(server);

      assertThat(answer.code()).isEqualTo(302);
      assertThat(answer.redirect()).isEqualTo(server.url().replace("/health", "/again"));
      assertThat(server.requests()).hasSize(4);
      assertThat(server.requests().get(3)).startsWith("GET /again?a=b HTTP/1.1").contains("t0ken");
    }
  }

  @Test
  void doesNotCarryTheTokenToAnotherPort() throws IOException {
    try (RawServer other = RawServer.answering("HTTP/1.1 200 OK\r\n\r\nok");
        RawServer server =
            RawServer.answering("HTTP/1.1 307 X\r\nLocation: " + other.url() + "?x\r\n\r\n")) {
      Answer answer = get(server);

      assertThat(answer.code()).isEqualTo(307);
      assertThat(answer.redirect()).isEqualTo(other.url());
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://host/", "a b", ""})
  void staysWhereItIsWhenTheTargetIsNoWebAddress(String location) throws IOException {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 301 X\r\nLocation: " + location + "\r\n\r\n")) {
      assertThat(get(server).code()).isEqualTo(301);
    }
  }
}
