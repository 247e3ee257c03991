package dev.vigil.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.Profile;
import dev.vigil.metrics.http.RequestMetrics;
import dev.vigil.metrics.http.RequestMetricsHttpFilter;
import dev.vigil.metrics.report.MetricsReport;
import dev.vigil.metrics.report.ServiceMeters;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's example compiles and does what it seems to. */
@ExtendWith(LeakedThreads.class)
class ReadmeIT {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> queue = List.of("a", "b");

  @Test
  void runsTheExample() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpHandler handler =
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        };

    ServiceTags.of("orders", Profile.PRODUCTION, "1.2.3")
        .applyTo(registry); // first: it tags what comes after
    JvmMeters jvm = JvmMeters.bind(registry).logEvents();
    ServiceMeters meters = ServiceMeters.of(registry);
    RequestMetrics requests =
        RequestMetrics.builder(registry).histogram().api("/api/*", meters).build();
    server
        .createContext("/api", handler)
        .getFilters()
        .add(0, new RequestMetricsHttpFilter(requests));
    MetricsReport report = MetricsReport.builder(meters).value("queue_length", queue::size).start();

    meters.workOrdersCreated().increment();
    meters.cacheLookup(false);
    meters.databaseQueryTime().record(() -> query("select 1"));

    server.start();
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/api/orders");
    uri.toURL().openStream().close();
    Awaitility.await()
        .ignoreExceptions() // it is not there yet
        .untilAsserted(
            () ->
                assertThat(
                        registry
                            .get("http.server.requests")
                            .tags("service", "orders", "uri", "/api", "status", "204")
                            .timer()
                            .count())
                    .isEqualTo(1));
    assertThat(registry.get("api_calls_total").counter().count()).isEqualTo(1);
    assertThat(registry.get("work_orders_created").counter().count()).isEqualTo(1);
    server.stop(0);
    report.close();
    jvm.close();
  }

  private static String query(String sql) {
    return sql;
  }

  @Test
  void showsWhatRunsHere() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String source = Files.readString(Path.of("src/test/java/dev/vigil/metrics/ReadmeIT.java"));
    String example = readme.split("```java\n")[1].split("```")[0];

    assertThat(words(source)).contains(words(example));
  }

  /** The formatter breaks lines where the README does not. */
  private static String words(String code) {
    return code.replaceAll("\\s+", "");
  }
}
