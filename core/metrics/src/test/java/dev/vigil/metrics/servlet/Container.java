package dev.vigil.metrics.servlet;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A real servlet container on a free port, with one application in it, which has error pages for
 * 410 and for {@link UnsupportedOperationException} at {@code /error}.
 */
record Container(int port, Stopping stopping) {

  /** Held here, since a logger that no one holds forgets its level. */
  private static final Logger TOMCATS_LOG = Logger.getLogger("org.apache");

  /** Adds filters and servlets to the application while it starts. */
  interface Application {
    void start(ServletContext context) throws ServletException;
  }

  interface Stopping {
    void stop() throws Exception;
  }

  /** The containers of this run: with Tomcat 11 on the class path it is that alone. */
  enum Kind {
    TOMCAT,
    JETTY,
    UNDERTOW;

    static List<Kind> ofThisRun() {
      return System.getProperty("vigil.tomcat") == null ? List.of(values()) : List.of(TOMCAT);
    }

    Container start(Path folder, Application application) throws Exception {
      return switch (this) {
        case TOMCAT -> tomcat(folder, application);
        case JETTY -> jetty(application);
        case UNDERTOW -> undertow(application);
      };
    }
  }

  /** Hands the application's start to a container. */
  record Initializer(Application application) implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) throws ServletException {
      application.start(context);
    }
  }

  private static Container tomcat(Path folder, Application application) throws Exception {
    String wanted = System.getProperty("vigil.tomcat", "10");
    if (!ServerInfo.getServerNumber().startsWith(wanted + ".")) {
      throw new AssertionError(
          "Tomcat " + wanted + " is wanted, not " + ServerInfo.getServerNumber());
    }
    TOMCATS_LOG.setLevel(Level.OFF);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", null);
    Collections.list(LogManager.getLogManager().getLoggerNames()).stream()
        .filter(name -> name.startsWith("org.apache.catalina.core.ContainerBase"))
        .forEach(name -> Logger.getLogger(name).setLevel(Level.OFF)); // it has set a level itself
    ErrorPage gone = new ErrorPage();
    gone.setErrorCode(410);
    gone.setLocation("/error");
    context.addErrorPage(gone);
    ErrorPage unsupported = new ErrorPage();
    unsupported.setExceptionType(UnsupportedOperationException.class.getName());
    unsupported.setLocation("/error");
    context.addErrorPage(unsupported);
    context.addServletContainerInitializer(new Initializer(application), null);
    tomcat.start();
    if (!context.getState().isAvailable()) {
      tomcat.destroy();
      throw new IllegalStateException("the application did not start");
    }
    return new Container(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  private static Container jetty(Application application) throws Exception {
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    ServletContextHandler context = new ServletContextHandler("/");
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(410, "/error");
    errors.addErrorPage(UnsupportedOperationException.class, "/error");
    context.setErrorHandler(errors);
    context.addServletContainerInitializer(new Initializer(application));
    server.setHandler(context);
    server.start();
    return new Container(
        ((ServerConnector) server.getConnectors()[0]).getLocalPort(), server::stop);
  }

  private static Container undertow(Application application) throws Exception {
    DeploymentManager manager =
        Servlets.defaultContainer()
            .addDeployment(
                Servlets.deployment()
                    .setClassLoader(Container.class.getClassLoader())
                    .setContextPath("/")
                    .setDeploymentName("test")
                    .addErrorPage(Servlets.errorPage("/error", 410))
                    .addErrorPage(Servlets.errorPage("/error", UnsupportedOperationException.class))
                    .addServletContainerInitializer(
                        new ServletContainerInitializerInfo(
                            Initializer.class,
                            new ImmediateInstanceFactory<>(new Initializer(application)),
                            Set.of())));
    manager.deploy();
    Undertow server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(manager.start()).build();
    server.start();
    return new Container(
        ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort(),
        () -> {
          server.stop();
          manager.stop();
          manager.undeploy();
        });
  }
}
