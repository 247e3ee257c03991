package dev.vigil.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.SpringServletContainerInitializer;

/** As Tomcat starts a WAR: by its ServletContainerInitializer, in a context of its own. */
class WarIT {

  @Test
  void servesHealthInAServletContainer(@TempDir Path directory) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    Context war = tomcat.addContext("/orders", directory.toString());
    war.setParentClassLoader(WarIT.class.getClassLoader());
    war.addServletContainerInitializer(
        new SpringServletContainerInitializer(), Set.of(OrdersApplication.class));
    for (String property : Servers.properties()) {
      int equals = property.indexOf('=');
      war.addParameter(property.substring(0, equals), property.substring(equals + 1));
    }
    tomcat.start();
    int port = tomcat.getConnector().getLocalPort();
    try {
      assertThat(RunningApplication.get(port, "/orders/health").statusCode()).isEqualTo(200);
      assertThat(RunningApplication.get(port, "/orders/health/ready").statusCode()).isEqualTo(200);
      assertThat(
              RunningApplication.get(port, "/orders/api/thread")
                  .headers()
                  .firstValue("X-Content-Type-Options"))
          .hasValue("nosniff");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("vigil-health")))
        .isEmpty();
  }
}
