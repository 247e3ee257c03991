package dev.vigil.examples.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.vigil.core.Secret;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.micrometer.HealthMeters;
import dev.vigil.metrics.JvmMeters;
import dev.vigil.metrics.ServiceTags;
import dev.vigil.metrics.http.RequestMetrics;
import dev.vigil.metrics.report.MetricsReport;
import dev.vigil.metrics.report.ServiceMeters;
import dev.vigil.metrics.servlet.RequestMetricsFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * {@code /metrics} for Prometheus, the meters that are there, and the report of them in the log
 * every 60 s. What the service is used for is nobody's business, so that the service's port wants
 * the admin token, which Prometheus sends by {@code authorization.credentials}; the admin port,
 * which this machine alone can reach, does not.
 */
final class MetricsFeature implements Feature, AutoCloseable {

  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ServiceMeters meters = ServiceMeters.of(registry);
  private final Secret adminToken;
  private final JvmMeters jvm;
  private final RequestMetricsFilter requests;
  private final MetricsReport report;

  MetricsFeature(Settings settings) {
    adminToken = settings.adminToken();
    ServiceTags.of("orders", settings.profile(), "0.1.0").applyTo(registry);
    registry.add(prometheus);
    jvm = JvmMeters.bind(registry).logEvents();
    requests =
        new RequestMetricsFilter(
            RequestMetrics.builder(registry).histogram().api("/api/*", meters).build());
    report = MetricsReport.builder(meters).start();
  }

  MeterRegistry registry() {
    return registry;
  }

  ServiceMeters meters() {
    return meters;
  }

  /** Shows what others know: health as gauges, the database's pool as HikariCP has it. */
  void watch(HealthRegistry health, DatabaseServer database) {
    HealthMeters.of(health).bindTo(registry);
    database.pool().setMetricRegistry(registry);
  }

  /** The scrape for the admin port, without a token. */
  HttpHandler handler() {
    return this::scrape;
  }

  private void scrape(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = prometheus.scrape().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TEXT_FORMAT);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addServletContainerInitializer((classes, starting) -> requests.addTo(starting));
    context.addServlet(new ServletHolder("metrics", new MetricsServlet()), "/metrics");
  }

  @Override
  public void close() {
    report.close();
    jvm.close();
    registry.close();
    prometheus.close();
  }

  private final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (!FaultsFeature.authorised(request, adminToken)) {
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setStatus(401);
        return;
      }
      response.setContentType(TEXT_FORMAT);
      response.getOutputStream().write(prometheus.scrape().getBytes(UTF_8));
    }
  }
}
