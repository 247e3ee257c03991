package dev.vigil.logging.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.TrustedProxies;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On Tomcat and Undertow, with few threads, so that what is left on one shows. */
class ContainersIT {

  /** Held here, since a logger that no one holds forgets what it was told. */
  private static final Logger TOMCATS_LOG = Logger.getLogger("org.apache");

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private enum Container {
    TOMCAT,
    UNDERTOW
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final Filter filter = RequestContextFilter.of(TrustedProxies.loopback());
  private AutoCloseable running = () -> {};

  @TempDir private Path directory;

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheLogWhichRequestItIs(Container container) throws Exception {
    int port = start(container);

    HttpResponse<String> answer =
        get(port, "/orders/7?token=abc", "edge-42", "X-Forwarded-For", "203.0.113.9");

    assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("edge-42");
    assertThat(answer.body())
        .isEqualTo(
            new TreeMap<>(
                    Map.of(
                        "client", "203.0.113.9",
                        "method", "GET",
                        "request_id", "edge-42",
                        "uri", "/orders/7"))
                .toString());
  }

  @ParameterizedTest
  @EnumSource
  void isThereAgainOnAnAsynchronousDispatchAndNeverStays(Container container) throws Exception {
    int port = start(container);

    for (int i = 0; i < 20; i++) {
      String id = "edge-" + i;
      assertThat(get(port, "/async", id, "traceparent", TRACE).body())
          .contains("request_id=" + id, "uri=/async", "trace_id=4bf92f3577b34da6a3ce929d0e0e4736");
      HttpResponse<String> thrown = get(port, "/throw", id, "traceparent", TRACE);
      assertThat(thrown.statusCode()).isEqualTo(500);
      assertThat(thrown.headers().firstValue("X-Request-Id")).hasValue(id);
      assertThat(get(port, "/plain", id).body()).contains("uri=/plain").doesNotContain("trace_id");
    }
    assertThat(EchoServlet.context()).isEmpty();
  }

  private HttpResponse<String> get(int port, String path, String id, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-Request-Id", id);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private int start(Container container) throws Exception {
    return container == Container.TOMCAT ? tomcat() : undertow();
  }

  private int tomcat() throws Exception {
    TOMCATS_LOG.setUseParentHandlers(false); // it prints what servlets throw
    Tomcat tomcat = new Tomcat();
    running =
        () -> {
          tomcat.stop();
          tomcat.destroy();
        };
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "2");
    tomcat.getConnector().setProperty("minSpareThreads", "1");
    Context context = tomcat.addContext("", directory.toString());
    FilterDef definition = new FilterDef();
    definition.setFilterName("context");
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("context");
    mapping.addURLPattern("/*");
    for (DispatcherType type :
        new DispatcherType[] {DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR}) {
      mapping.setDispatcher(type.name());
    }
    context.addFilterMap(mapping);
    Wrapper servlet = Tomcat.addServlet(context, "echo", new EchoServlet());
    servlet.setAsyncSupported(true);
    context.addServletMappingDecoded("/", "echo");
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  private int undertow() throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(ContainersIT.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("test")
            .addErrorPage(Servlets.errorPage("/error", 500))
            .addFilter(
                Servlets.filter(
                        "context",
                        RequestContextFilter.class,
                        new ImmediateInstanceFactory<>(filter))
                    .setAsyncSupported(true))
            .addServlet(
                Servlets.servlet(
                        "echo",
                        EchoServlet.class,
                        new ImmediateInstanceFactory<>(new EchoServlet()))
                    .setAsyncSupported(true)
                    .addMapping("/"));
    for (DispatcherType type :
        new DispatcherType[] {DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR}) {
      deployment.addFilterUrlMapping("context", "/*", type);
    }
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(2)
            .setHandler(manager.start())
            .build();
    running =
        () -> {
          server.stop();
          manager.stop();
          manager.undeploy();
        };
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }
}
