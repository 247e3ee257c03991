package dev.vigil.examples.service;

import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.http.Authoriser;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthServlet;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A registry's status page behind the strictest headers that there are. */
final class PageServer implements AutoCloseable {

  static final String USER = "ops";
  static final String PASSWORD = "pässword";

  private final HealthRegistry registry;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private PageServer(HealthRegistry registry, Disclosure disclosure) {
    this.registry = registry;
    HealthEndpoint endpoint =
        HealthEndpoint.builder(registry)
            .disclosure(disclosure)
            .authoriser(Authoriser.basic(USER, Secret.of(PASSWORD)))
            .build();
    SecurityHeadersFilter strict =
        SecurityHeadersFilter.builder(SecurityHeaders.strict()).profile(Profile.PRODUCTION).build();
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(new FilterHolder(strict), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(new HealthServlet(endpoint)), "/app/health/*");
    server.addConnector(connector);
    server.setHandler(context);
  }

  static PageServer start(HealthRegistry registry, Disclosure disclosure) throws Exception {
    registry.started();
    PageServer server = new PageServer(registry, disclosure);
    server.server.start();
    return server;
  }

  String page() {
    return "http://localhost:" + connector.getLocalPort() + "/app/health/page";
  }

  @Override
  public void close() {
    registry.close();
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("the page's server did not stop", failure);
    }
  }
}
