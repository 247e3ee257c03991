package dev.vigil.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Secret;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.testing.LeakedThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every server has to answer, whichever adapter carries the endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LeakedThreads.class)
abstract class ServerContract {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final HealthRegistry registry =
      HealthRegistry.builder()
          .check("heap", c -> HealthResult.healthy(), c -> c.inline().group(HealthGroup.LIVENESS))
          .check("db:1", c -> HealthResult.unhealthy("refused"), c -> c.inline().tags("sql"))
          .build();
  final HealthEndpoint endpoint =
      HealthEndpoint.builder(registry)
          .disclosure(Disclosure.CHECKS)
          .authoriser(Authoriser.bearer(Secret.of("token")))
          .build();
  private int port;

  /** Starts the server with the endpoint at {@code /app/health}, and tells its port. */
  abstract int start() throws Exception;

  abstract void stop() throws Exception;

  @BeforeAll
  void startServer() throws Exception {
    port = start();
  }

  @AfterAll
  void stopServer() throws Exception {
    stop();
    registry.close();
  }

  private HttpResponse<String> send(String method, String target, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/app/health" + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "'',                    503, db:1",
    "/,                     503, db:1",
    "/live,                 200, heap",
    "/live?verbose,         200, heap",
    "/group/liveness,       200, heap",
    "/check/db:1,           503, db:1",
    "/check/db%3A1,         503, db:1",
    "?check=heap,           200, heap",
    "?tag=sql,              503, db:1",
    "?exclude=db%3A1,       200, heap"
  })
  void answersGet(String target, int code, String check) throws Exception {
    HttpResponse<String> response = send("GET", target);

    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(Bodies.json(response.body()).path("checks").has(check)).isTrue();
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.headers().allValues("Vary")).containsExactly("Accept");
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live", "", "/nothing"})
  void answersHeadWithTheLengthAndWithoutTheBody(String target) throws Exception {
    HttpResponse<String> whole = send("GET", target);
    HttpResponse<String> head = send("HEAD", target);

    assertThat(head.statusCode()).isEqualTo(whole.statusCode());
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().allValues("Content-Length"))
        .containsExactly(Integer.toString(whole.body().length()));
    assertThat(head.headers().allValues("Content-Type"))
        .isEqualTo(whole.headers().allValues("Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void refusesOtherMethods(String method) throws Exception {
    HttpResponse<String> response = send(method, "/live");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().allValues("Allow")).containsExactly("GET, HEAD");
  }

  @Test
  void ignoresABodyAndServesTheNextRequest() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/app/health/live"))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[50_000]))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(send("GET", "/live").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/liveness", "/check/x", "?check=%3Cx%3E", "/group/x", "z"})
  void answers404(String target) throws Exception {
    HttpResponse<String> response = send("GET", target);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).doesNotContain("nothing", "<x>", "/check/");
  }

  @ParameterizedTest
  @CsvSource({
    "application/health+json, application/health+json",
    "application/vnd.spring-boot.actuator.v3+json, application/vnd.spring-boot.actuator.v3+json",
    "'text/plain;q=0.9, x/y', text/plain;charset=utf-8",
    "application/json, application/json",
    "text/html, application/json"
  })
  void answersInTheFormatThatIsAccepted(String accept, String contentType) throws Exception {
    HttpResponse<String> response = send("GET", "/live", "Accept", accept);

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringCase(contentType);
  }

  @Test
  void readsAcceptFromSeveralLines() throws Exception {
    HttpResponse<String> response =
        send("GET", "/live", "Accept", "x/y", "Accept", "application/health+json");

    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/health+json");
  }

  @Test
  void letsTheAuthorisedSeeMoreAndSendsTheWrongAway() throws Exception {
    HttpResponse<String> right = send("GET", "", "Authorization", "Bearer token");
    HttpResponse<String> wrong = send("GET", "", "Authorization", "Bearer tokem");

    assertThat(Bodies.json(right.body()).at("/checks/db:1/message").asText()).isEqualTo("refused");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"health\"");
    assertThat(wrong.body()).doesNotContain("db:1", "heap", "unhealthy", "token");
  }

  @Test
  void servesTheStatusPageAndDoesNotSendItTwice() throws Exception {
    HttpResponse<String> page = send("GET", "/page");
    HttpResponse<String> feed = send("GET", "/page.json");
    HttpResponse<String> script = send("GET", "/page.js");
    String tag = script.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = send("GET", "/page.js", "If-None-Match", tag);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().allValues("Content-Security-Policy"))
        .containsExactly(StatusPage.CONTENT_SECURITY_POLICY);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(feed.statusCode()).isEqualTo(200);
    assertThat(Bodies.json(feed.body()).path("status").asText()).isEqualTo("unhealthy");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().allValues("ETag")).containsExactly(tag);
    assertThat(send("GET", "/live").statusCode()).isEqualTo(200);
  }

  @Test
  void answers400ToMalformedQueries() throws Exception {
    assertThat(send("GET", "?format=xml").statusCode()).isEqualTo(400);
    assertThat(send("GET", "?check=%FF").statusCode()).isEqualTo(400);
    assertThat(send("GET", "?" + "check=heap&".repeat(300)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /app/health/live?check=% HTTP/1.1",
        "GET /app/health/check/%zz HTTP/1.1",
        "GET /app/health/check/%00 HTTP/1.1",
        "GET /app/health/check/%0d%0aX-Evil:%201 HTTP/1.1",
        "GET /app/health/../health/nothing HTTP/1.1",
        "GET /app/health/check/%2e%2e/%2f HTTP/1.1",
        "NONSENSE /app/health/live HTTP/1.1"
      })
  void staysCalmUnderWhatNoClientWouldSend(String requestLine) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();

      assertThat(lines.get(0)).matches("HTTP/1\\.1 (400|404|405|501).*");
      assertThat(lines).noneMatch(line -> line.startsWith("X-Evil"));
    }
    assertThat(send("GET", "/live").statusCode()).isEqualTo(200);
  }
}
