package dev.vigil.ratelimit.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.TrustedProxies;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.http.ClientKey;
import dev.vigil.ratelimit.http.RateLimitHttpFilter;
import dev.vigil.ratelimit.http.RateLimitPolicy;
import dev.vigil.ratelimit.http.StructuredList;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter in real servers, over HTTP. */
class RateLimitFilterIT {

  private static final int LIMIT = 3;

  private final AtomicInteger reached = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();

  /** Reads the whole body, so that a test sees whether it was reached. */
  private final class Target extends HttpServlet {

    private static final long serialVersionUID = 1;

    private AtomicInteger count() {
      return reached;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      reached.incrementAndGet();
      request.getInputStream().readAllBytes();
      response.getOutputStream().write("fine".getBytes(StandardCharsets.UTF_8));
    }
  }

  private interface Running {
    int port();

    void stop() throws Exception;
  }

  private enum Kind {
    JETTY {
      @Override
      Running start(RateLimitPolicy policy, HttpServlet target) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(target), "/*");
        context.addFilter(
            new FilterHolder(new RateLimitFilter(policy)),
            "/*",
            EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        server.start();
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return running(port, server::stop);
      }
    },
    TOMCAT {
      @Override
      Running start(RateLimitPolicy policy, HttpServlet target) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("vigil-tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", null);
        // As web.xml would: by class name, the policy being the context's attribute.
        context.getServletContext().setAttribute(RateLimitFilter.ATTRIBUTE, policy);
        FilterDef definition = new FilterDef();
        definition.setFilterName("rate-limit");
        definition.setFilterClass(RateLimitFilter.class.getName());
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("rate-limit");
        map.addURLPattern("/*");
        context.addFilterMap(map);
        Tomcat.addServlet(context, "target", target);
        context.addServletMappingDecoded("/*", "target");
        tomcat.start();
        return running(
            tomcat.getConnector().getLocalPort(),
            () -> {
              tomcat.stop();
              tomcat.destroy();
            });
      }
    },
    UNDERTOW {
      @Override
      Running start(RateLimitPolicy policy, HttpServlet target) throws Exception {
        DeploymentManager deployment =
            Servlets.defaultContainer()
                .addDeployment(
                    Servlets.deployment()
                        .setClassLoader(RateLimitFilterIT.class.getClassLoader())
                        .setContextPath("/")
                        .setDeploymentName("test")
                        .addServlet(
                            Servlets.servlet(
                                    "target",
                                    target.getClass(),
                                    new ImmediateInstanceFactory<>(target))
                                .addMapping("/*"))
                        .addFilter(
                            Servlets.filter(
                                "rate-limit",
                                RateLimitFilter.class,
                                new ImmediateInstanceFactory<>(new RateLimitFilter(policy))))
                        .addFilterUrlMapping("rate-limit", "/*", DispatcherType.REQUEST));
        deployment.deploy();
        Undertow server =
            Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(deployment.start())
                .build();
        server.start();
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        return running(port, server::stop);
      }
    },
    JDK {
      @Override
      Running start(RateLimitPolicy policy, HttpServlet target) throws Exception {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger reached = ((Target) target).count();
        server
            .createContext(
                "/",
                exchange -> {
                  reached.incrementAndGet();
                  exchange.getRequestBody().readAllBytes();
                  exchange.sendResponseHeaders(200, 4);
                  exchange.getResponseBody().write("fine".getBytes(StandardCharsets.UTF_8));
                  exchange.close();
                })
            .getFilters()
            .add(new RateLimitHttpFilter(policy));
        server.start();
        return running(server.getAddress().getPort(), () -> server.stop(0));
      }
    };

    abstract Running start(RateLimitPolicy policy, HttpServlet target) throws Exception;

    private static Running running(int port, Stopping stopping) {
      return new Running() {
        @Override
        public int port() {
          return port;
        }

        @Override
        public void stop() throws Exception {
          stopping.stop();
        }
      };
    }
  }

  private interface Stopping {
    void stop() throws Exception;
  }

  private interface Conversation {
    void with(int port) throws Exception;
  }

  private void inside(Kind kind, ClientKey key, Conversation conversation) throws Exception {
    RateLimitPolicy policy =
        RateLimitPolicy.builder(key)
            .limit("/api/*", LocalRateLimiter.of("api", RateLimit.perHour(LIMIT)))
            .build();
    Running server = kind.start(policy, new Target());
    try {
      conversation.with(server.port());
    } finally {
      server.stop();
    }
  }

  private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource
  void admitsToTheLimitThenRefuses(Kind kind) throws Exception {
    inside(
        kind,
        ClientKey.address(TrustedProxies.none()),
        port -> {
          for (int i = 1; i <= LIMIT; i++) {
            HttpResponse<String> response = get(port, "/api/x");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("fine");
            String told = response.headers().firstValue("RateLimit").orElseThrow();
            assertThat(StructuredList.parse(told).get(0).parameters())
                .containsEntry("r", (long) LIMIT - i);
          }
          HttpResponse<String> refused = get(port, "/api/x");
          assertThat(refused.statusCode()).isEqualTo(429);
          assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
              .startsWith("application/problem+json");
          assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
              .isBetween(1L, 3600L);
          assertThat(
                  StructuredList.parse(
                      refused.headers().firstValue("RateLimit-Policy").orElseThrow()))
              .hasSize(1);
          assertThat(refused.body()).contains("\"violated-policies\":[\"api\"]");
          assertThat(reached).hasValue(LIMIT);
          assertThat(get(port, "/free").statusCode()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @EnumSource
  void isNotFooledByForwardedHeadersOfAnUntrustedPeer(Kind kind) throws Exception {
    inside(
        kind,
        ClientKey.address(TrustedProxies.of("10.0.0.0/8")),
        port -> {
          int admitted = 0;
          for (int i = 0; i < 20; i++) {
            HttpResponse<String> response =
                get(
                    port,
                    "/api/x",
                    "X-Forwarded-For",
                    "203.0.113." + i,
                    "Forwarded",
                    "for=203.0.113." + i);
            admitted += response.statusCode() == 200 ? 1 : 0;
          }
          assertThat(admitted).isEqualTo(LIMIT);
        });
  }

  @ParameterizedTest
  @EnumSource
  void bearsHostileKeys(Kind kind) throws Exception {
    ClientKey header = ClientKey.header("X-Key", value -> true);
    List<String> hostile =
        List.of("{a}", "a}:1|b", "%0d%0aSet-Cookie:x", "a\u00e4\u00fc", "x".repeat(4_000), "\"\\");
    inside(
        kind,
        header,
        port -> {
          for (String key : hostile) {
            for (int i = 0; i <= LIMIT; i++) {
              String raw =
                  "GET /api/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Key: "
                      + key
                      + "\r\n\r\n";
              String response = exchange(port, raw);
              assertThat(response).startsWith(i < LIMIT ? "HTTP/1.1 200" : "HTTP/1.1 429");
              assertThat(response).doesNotContain("Set-Cookie");
            }
          }
          // Missing and repeated ones share one count.
          int admitted = 0;
          for (int i = 0; i < 10; i++) {
            HttpResponse<String> response =
                i % 2 == 0
                    ? get(port, "/api/x")
                    : get(port, "/api/x", "X-Key", "one" + i, "X-Key", "two");
            admitted += response.statusCode() == 200 ? 1 : 0;
          }
          assertThat(admitted).isEqualTo(LIMIT);
        });
  }

  @ParameterizedTest
  @EnumSource
  void answersARefusedUploadWithoutReadingIt(Kind kind) throws Exception {
    inside(
        kind,
        ClientKey.address(TrustedProxies.none()),
        port -> {
          for (int i = 0; i < LIMIT; i++) {
            get(port, "/api/x");
          }
          // Ten megabytes announced and never sent: who waited for them would wait for ever.
          String head =
              "POST /api/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 10000000\r\n\r\n";
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] first = socket.getInputStream().readNBytes(12);
            assertThat(new String(first, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 429");
          }
          assertThat(reached).hasValue(LIMIT);
        });
  }

  private static String exchange(int port, String raw) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
