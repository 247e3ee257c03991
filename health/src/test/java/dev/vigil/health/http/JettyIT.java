package dev.vigil.health.http;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12, Servlet 6.0: built with its endpoint and added. */
class JettyIT extends ServerContract {

  private Server server;

  @Override
  int start() throws Exception {
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler app = new ServletContextHandler("/app");
    app.addServlet(new ServletHolder(new HealthServlet(endpoint)), "/health/*");
    server.setHandler(app);
    server.start();
    return connector.getLocalPort();
  }

  @Override
  void stop() throws Exception {
    server.stop();
  }
}
