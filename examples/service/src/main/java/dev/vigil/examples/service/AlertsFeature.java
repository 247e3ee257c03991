package dev.vigil.examples.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import dev.vigil.alerts.AlertEngine;
import dev.vigil.alerts.AlertPack;
import dev.vigil.alerts.AlertsFile;
import dev.vigil.alerts.Watchdog;
import dev.vigil.alerts.notify.Notifiers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.jspecify.annotations.Nullable;

/**
 * The guide's four rules and the standard pack; {@code ALERTS} says whether in earnest or fast.
 * {@code /alerts} shows rules and states with the admin token, on the admin port without; what is
 * told goes to {@code /demo/inbox} and the log.
 */
final class AlertsFeature implements Feature, AutoCloseable {

  private static final String JSON = "application/json";

  private final Settings settings;
  private final MeterRegistry registry;
  private final Inbox inbox;
  private volatile @Nullable AlertEngine engine;

  AlertsFeature(Settings settings, MeterRegistry registry) {
    this.settings = settings;
    this.registry = registry;
    this.inbox = new Inbox(settings.adminToken());
  }

  /** Starts to evaluate. Before the meters it watches are used, so that percentiles can be had. */
  void start(int port) {
    Map<String, String> values =
        Map.of(
            "INBOX",
            "http://localhost:" + port + "/demo/inbox",
            "INBOX_SECRET",
            inbox.secret().reveal());
    String name = settings.alerts() + ".yml";
    AlertsFile file = AlertsFile.parse(name, text("/alerts/" + name), values::get);
    var builder = AlertEngine.fromYaml(file, registry, Notifiers::of).rules(AlertPack.standard());
    settings.watchdogUrl().ifPresent(url -> builder.watchdog(Watchdog.posting(url)));
    engine = builder.build().start();
  }

  private static String text(String resource) {
    try (InputStream in = AlertsFeature.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + resource + "; build again");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(resource + " cannot be read", unreadable);
    }
  }

  private byte[] view() {
    AlertEngine now = engine;
    return now == null ? "{}".getBytes(UTF_8) : now.view().json();
  }

  /** The view for the admin port, without a token. */
  HttpHandler handler() {
    return exchange -> {
      try (exchange) {
        byte[] body = view();
        exchange.getResponseHeaders().set("Content-Type", JSON);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    };
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addServlet(new ServletHolder("alerts", new AlertsServlet()), "/alerts");
    context.addServlet(new ServletHolder("inbox", inbox), "/demo/inbox");
  }

  @Override
  public void close() {
    AlertEngine now = engine;
    if (now != null) {
      now.close();
    }
  }

  private final class AlertsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (!FaultsFeature.authorised(request, settings.adminToken())) {
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        return;
      }
      response.setContentType(JSON);
      response.getOutputStream().write(view());
    }
  }
}
