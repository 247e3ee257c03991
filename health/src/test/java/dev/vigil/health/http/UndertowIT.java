package dev.vigil.health.http;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;

/** Undertow 2.3, Servlet 6.0: found under its class's name. */
class UndertowIT extends ServerContract {

  private Undertow server;
  private DeploymentManager deployment;

  @Override
  int start() throws Exception {
    DeploymentInfo app =
        Servlets.deployment()
            .setClassLoader(getClass().getClassLoader())
            .setContextPath("/app")
            .setDeploymentName("app")
            .addServletContextAttribute(HealthEndpoint.class.getName(), endpoint)
            .addServlet(Servlets.servlet("health", HealthServlet.class).addMapping("/health/*"));
    deployment = Servlets.defaultContainer().addDeployment(app);
    deployment.deploy();
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(Handlers.path().addPrefixPath("/app", deployment.start()))
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  void stop() throws Exception {
    deployment.stop();
    deployment.undeploy();
    server.stop();
  }
}
