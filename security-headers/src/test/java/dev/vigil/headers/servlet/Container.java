package dev.vigil.headers.servlet;

import io.undertow.Undertow;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A real servlet container on a free port, with one application in it: files from a folder, error
 * pages for 410 and for {@link UnsupportedOperationException} at {@code /error}.
 */
interface Container {

  /** Held here, since a logger that no one holds forgets its level. */
  Logger TOMCATS_LOG = Logger.getLogger("org.apache");

  /** Adds filters and servlets to the application while it starts. */
  interface Application {
    void start(ServletContext context) throws ServletException;
  }

  int port();

  void stop() throws Exception;

  /** The containers of this run: with Tomcat 11 on the class path it is that alone. */
  enum Kind {
    TOMCAT,
    JETTY,
    UNDERTOW;

    static List<Kind> ofThisRun() {
      return System.getProperty("vigil.tomcat") == null ? List.of(values()) : List.of(TOMCAT);
    }

    /**
     * Starts the container.
     *
     * @param complete false leaves out what brings every answer to a filter: Tomcat's default
     *     servlet, and an error page for 500 in Undertow
     */
    Container start(Path files, boolean complete, Application application) throws Exception {
      return switch (this) {
        case TOMCAT -> tomcat(files, complete, application);
        case JETTY -> jetty(files, application);
        case UNDERTOW -> undertow(files, complete, application);
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

  private static Container tomcat(Path files, boolean complete, Application application)
      throws Exception {
    String wanted = System.getProperty("vigil.tomcat", "10");
    if (!ServerInfo.getServerNumber().startsWith(wanted + ".")) {
      throw new AssertionError(
          "Tomcat " + wanted + " is wanted, not " + ServerInfo.getServerNumber());
    }
    TOMCATS_LOG.setLevel(Level.OFF);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(files.resolve("../tomcat").normalize().toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", files.toString());
    if (complete) {
      Tomcat.addServlet(context, "default", new DefaultServlet());
      context.addServletMappingDecoded("/", "default");
    }
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
    return new Container() {
      @Override
      public int port() {
        return tomcat.getConnector().getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
      }
    };
  }

  private static Container jetty(Path files, Application application) throws Exception {
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    ServletContextHandler context = new ServletContextHandler("/");
    context.setBaseResourceAsPath(files);
    context.addServlet(
        new ServletHolder("default", org.eclipse.jetty.ee10.servlet.DefaultServlet.class), "/");
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(410, "/error");
    errors.addErrorPage(UnsupportedOperationException.class, "/error");
    context.setErrorHandler(errors);
    context.addServletContainerInitializer(new Initializer(application));
    server.setHandler(context);
    server.start();
    return new Container() {
      @Override
      public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        server.stop();
      }
    };
  }

  private static Container undertow(Path files, boolean complete, Application application)
      throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(Container.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("test")
            .setResourceManager(new PathResourceManager(files))
            .addErrorPage(Servlets.errorPage("/error", 410))
            .addErrorPage(Servlets.errorPage("/error", UnsupportedOperationException.class))
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    Initializer.class,
                    new ImmediateInstanceFactory<>(new Initializer(application)),
                    Set.of()));
    if (complete) {
      deployment.addErrorPage(Servlets.errorPage("/error", 500));
    }
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    Undertow server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(manager.start()).build();
    server.start();
    return new Container() {
      @Override
      public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
      }

      @Override
      public void stop() throws Exception {
        server.stop();
        manager.stop();
        manager.undeploy();
      }
    };
  }
}
