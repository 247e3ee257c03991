package dev.vigil.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.TrustedProxies;
import dev.vigil.ratelimit.http.ClientKey;
import dev.vigil.ratelimit.http.RateLimitHttpFilter;
import dev.vigil.ratelimit.http.RateLimitPolicy;
import dev.vigil.ratelimit.micrometer.MeteredRateLimiter;
import dev.vigil.ratelimit.servlet.RateLimitFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's examples compile and do what they seem to. */
class ReadmeTest {

  private final List<String> registered = new ArrayList<>();

  private static boolean pays(String key) {
    return key.startsWith("paying-");
  }

  private static void pause(Duration time) {
    throw new AssertionError("denied for " + time);
  }

  /** A servlet context that notes what is registered. */
  private <T> T noting(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              registered.add(method.getName());
              return method.getReturnType() == FilterRegistration.Dynamic.class
                  ? noting(FilterRegistration.Dynamic.class)
                  : null;
            }));
  }

  @Test
  void runsTheExamples() throws Exception {
    MeterRegistry meterRegistry = new SimpleMeterRegistry();
    ServletContext servletContext = noting(ServletContext.class);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpContext httpContext =
        server.createContext(
            "/",
            exchange -> {
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
            });

    Plan free = Plan.of(RateLimit.perSecond(10), RateLimit.perHour(1000)); // all or nothing
    Plan paid = Plan.of(RateLimit.perSecond(100));
    RateLimiter limiter = LocalRateLimiter.builder("api", key -> pays(key) ? paid : free).build();

    Decision decision = limiter.tryAcquire("user-42"); // or (key, permits), tryAcquireAsync, peek
    if (!decision.allowed()) {
      pause(decision.retryAfter()); // also limit(), remaining(), resetAt(), source()
    }
    RateLimiter trial = limiter.shadow(); // counts, denies nobody; shadowed() says whom
    RateLimiter counted = MeteredRateLimiter.of(limiter, meterRegistry);

    ClientKey address = ClientKey.address(TrustedProxies.of("10.0.0.0/8"));
    RateLimitPolicy policy =
        RateLimitPolicy.builder(ClientKey.principal().orElse(address))
            .limit("/api/*", limiter)
            .limit("/api/login", LocalRateLimiter.of("login", RateLimit.perMinute(5)))
            .exempt(request -> request.path().startsWith("/health"))
            .build();
    servletContext
        .addFilter("rate-limit", new RateLimitFilter(policy))
        .addMappingForUrlPatterns(null, false, "/*");
    httpContext.getFilters().add(new RateLimitHttpFilter(policy)); // on the JDK's server

    assertThat(decision.remaining()).isEqualTo(9);
    assertThat(limiter.tryAcquire("user-42", 1_001).allowed()).isFalse();
    assertThat(trial.tryAcquire("user-42", 1_001).shadowed()).isTrue();
    assertThat(counted.tryAcquire("paying-7", 100).limit().permits()).isEqualTo(100);
    assertThat(meterRegistry.get("vigil.ratelimit.decisions").counters()).isNotEmpty();
    assertThat(registered).contains("addFilter", "addMappingForUrlPatterns");
    server.start();
    try {
      assertThat(statuses(server, "/api/login", 11)).startsWith(204).contains(429);
      assertThat(statuses(server, "/health", 3)).containsOnly(204);
    } finally {
      server.stop(0);
    }
  }

  private static List<Integer> statuses(HttpServer server, String path, int times)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    HttpClient client = HttpClient.newHttpClient();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      statuses.add(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
    return statuses;
  }

  @Test
  void showsWhatRunsHere() throws Exception {
    String readme = Files.readString(Path.of("README.md"), StandardCharsets.UTF_8);
    String source =
        Files.readString(
            Path.of("src/test/java/dev/vigil/ratelimit/ReadmeTest.java"), StandardCharsets.UTF_8);
    String[] blocks = readme.split("```java\n");

    assertThat(blocks).hasSize(3);
    for (int i = 1; i < blocks.length; i++) {
      assertThat(blocks[i].split("```")[0].lines().filter(line -> !line.isBlank()))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(source).contains("    " + line + "\n"));
    }
  }
}
