package dev.vigil.health.http;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;

/** Tomcat 10.1, Servlet 6.0: by the no-argument constructor and a named attribute. */
class TomcatIT extends ServerContract {

  @TempDir static Path base;
  private final Tomcat tomcat = new Tomcat();

  @Override
  int start() throws Exception {
    tomcat.setBaseDir(base.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    Context app = tomcat.addContext("/app", base.toString());
    app.getServletContext().setAttribute("app.health", endpoint);
    Wrapper servlet = Tomcat.addServlet(app, "health", HealthServlet.class.getName());
    servlet.addInitParameter("attribute", "app.health");
    app.addServletMappingDecoded("/health/*", "health");
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
