package dev.vigil.headers.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.TrustedProxies;
import dev.vigil.headers.SecurityHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecurityHeadersHttpFilterIT {

  private static final String CSP = "Content-Security-Policy";
  private static final SecurityHeaders ASSETS =
      SecurityHeaders.spa().toBuilder()
          .cacheControl("public, max-age=31536000, immutable")
          .remove("X-Powered-By")
          .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final SecurityHeadersHttpFilter filter =
      SecurityHeadersHttpFilter.of(
          SecurityHeaders.strict(),
          Map.of("/assets/*", ASSETS),
          TrustedProxies.loopback().onlyXForwarded());
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(
        "/nonce",
        exchange -> {
          byte[] body =
              SecurityHeadersHttpFilter.nonce(exchange).getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    serve(
        "/own",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Security-Policy", "default-src 'self'");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    serve(
        "/not-modified",
        exchange -> {
          exchange.sendResponseHeaders(304, -1);
          exchange.close();
        });
    serve(
        "/assets/missing",
        exchange -> {
          exchange.getResponseHeaders().add("X-Powered-By", "us");
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    serve(
        "/assets/none",
        exchange -> {
          byte[] body;
          try {
            body = SecurityHeadersHttpFilter.nonce(exchange).getBytes(StandardCharsets.US_ASCII);
          } catch (IllegalStateException e) {
            body = e.getMessage().getBytes(StandardCharsets.US_ASCII);
          }
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private void serve(String path, HttpHandler handler) {
    HttpContext context = server.createContext(path, handler);
    context.getFilters().add(filter);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void eachRequestHasItsNonceInHeaderAndHandler() throws Exception {
    HttpResponse<String> first = get("/nonce");
    HttpResponse<String> second = get("/nonce");

    assertThat(first.headers().allValues(CSP))
        .containsExactly(SecurityHeaders.strict().headers(false, first.body()).get(CSP));
    assertThat(second.body()).isNotEqualTo(first.body());
  }

  @Test
  void theHandlersOwnHeaderWins() throws Exception {
    HttpResponse<String> response = get("/own");

    assertThat(response.headers().allValues(CSP)).containsExactly("default-src 'self'");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void hstsGoesToThoseWhoCameByHttps() throws Exception {
    assertThat(get("/own").headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(get("/own", "X-Forwarded-Proto", "https").headers().map())
        .containsKey("strict-transport-security");
  }

  @Test
  void a304DropsTheNoncesPolicy() throws Exception {
    HttpResponse<String> response = get("/not-modified");

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.headers().firstValue(CSP)).isEmpty();
    assertThat(response.headers().firstValue("X-Frame-Options")).contains("DENY");
  }

  @Test
  void anErrorIsNotStoredAndRemovedNamesAreGone() throws Exception {
    HttpResponse<String> response = get("/assets/missing");

    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().firstValue("X-Powered-By")).isEmpty();
  }

  @Test
  void aPathWithoutANonceSaysSo() throws Exception {
    assertThat(get("/assets/none").body())
        .startsWith("the policy of this path uses no nonce; give the path a policy with");
  }

  @Test
  void anUpdateRulesTheNextRequest() throws Exception {
    filter.update(SecurityHeaders.api(), Map.of());

    assertThat(get("/assets/missing").headers().allValues(CSP))
        .containsExactly(SecurityHeaders.api().headers(false, "").get(CSP));
  }
}
