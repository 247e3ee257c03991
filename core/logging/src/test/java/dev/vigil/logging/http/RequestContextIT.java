package dev.vigil.logging.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.TrustedProxies;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** On Jetty and on the JDK's server; {@link ContainersIT} has the other containers. */
class RequestContextIT {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final HttpClient client = HttpClient.newHttpClient();
  private AutoCloseable server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private int jetty(FilterHolder filter) throws Exception {
    // One worker, so that what is left on a thread shows in the next request.
    Server jetty = new Server(new QueuedThreadPool(4));
    ServerConnector connector = new ServerConnector(jetty, 1, 1);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    filter.setAsyncSupported(true);
    context.addFilter(
        filter,
        "/*",
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    ServletHolder echo = new ServletHolder(new EchoServlet());
    echo.setAsyncSupported(true);
    context.addServlet(echo, "/");
    jetty.setHandler(context);
    server = jetty::stop;
    jetty.start();
    return connector.getLocalPort();
  }

  private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }

  @Test
  void tellsTheLogWhichRequestItIs() throws Exception {
    int port = jetty(new FilterHolder(RequestContextFilter.of(TrustedProxies.none())));

    HttpResponse<String> answer =
        get(port, "/orders/7?token=abc", "traceparent", TRACE, "X-Request-Id", "stranger");

    assertThat(id(answer)).matches("[0-9a-f]{32}");
    assertThat(answer.body())
        .isEqualTo(
            new TreeMap<>(
                    Map.of(
                        "client", "127.0.0.1",
                        "method", "GET",
                        "request_id", id(answer),
                        "uri", "/orders/7",
                        "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736",
                        "span_id", "00f067aa0ba902b7"))
                .toString());
  }

  @Test
  void believesATrustedProxy() throws Exception {
    int port = jetty(new FilterHolder(RequestContextFilter.of(TrustedProxies.loopback())));

    HttpResponse<String> answer =
        get(port, "/", "X-Request-Id", "edge-42", "X-Forwarded-For", "203.0.113.9");

    assertThat(id(answer)).isEqualTo("edge-42");
    assertThat(answer.body()).contains("client=203.0.113.9", "request_id=edge-42");
  }

  @Test
  void makesAnIdWhereAProxysIsMalformed() throws Exception {
    int port = jetty(new FilterHolder(RequestContextFilter.of(TrustedProxies.loopback())));

    for (String malformed : new String[] {"a b", "x".repeat(65), "a\"}{", "é"}) {
      HttpResponse<String> answer =
          get(
              port,
              "/",
              "X-Request-Id",
              new String(malformed.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
      assertThat(id(answer)).matches("[0-9a-f]{32}");
    }
  }

  @Test
  void isThereAgainOnAnAsynchronousDispatchAndNeverStays() throws Exception {
    int port = jetty(new FilterHolder(RequestContextFilter.of(TrustedProxies.none())));

    for (int i = 0; i < 20; i++) {
      HttpResponse<String> answer = get(port, "/async", "traceparent", TRACE);
      assertThat(answer.body()).contains("request_id=" + id(answer), "uri=/async", "trace_id=");
      assertThat(get(port, "/plain").body()).doesNotContain("trace_id");
    }
  }

  @Test
  void takesItsProxiesFromAnInitParameter() throws Exception {
    FilterHolder filter = new FilterHolder(RequestContextFilter.class);
    filter.setInitParameter("trustedProxies", "10.0.0.0/8, loopback");
    int port = jetty(filter);

    assertThat(id(get(port, "/", "X-Request-Id", "edge-42"))).isEqualTo("edge-42");
  }

  @Test
  void refusesAnUnknownInitParameter() {
    FilterHolder filter = new FilterHolder(RequestContextFilter.class);
    filter.setInitParameter("trustedProxy", "loopback");

    assertThatThrownBy(() -> jetty(filter))
        .hasStackTraceContaining(
            "no init parameter \"trustedProxy\"; did you mean trustedProxies?");
  }

  @Test
  void worksOnTheServerOfTheJdk() throws Exception {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server = () -> http.stop(0);
    http.createContext(
            "/",
            exchange -> {
              byte[] body =
                  String.valueOf(MDC.getCopyOfContextMap()).getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            })
        .getFilters()
        .add(RequestContextHttpFilter.of(TrustedProxies.loopback()));
    http.start();

    HttpResponse<String> answer =
        get(http.getAddress().getPort(), "/x?password=y", "X-Request-Id", "edge-1");

    assertThat(id(answer)).isEqualTo("edge-1");
    assertThat(answer.body()).contains("request_id=edge-1", "uri=/x").doesNotContain("password");
  }
}
