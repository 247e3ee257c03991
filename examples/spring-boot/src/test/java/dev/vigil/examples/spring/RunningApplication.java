package dev.vigil.examples.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application in this JVM, asked over HTTP. */
record RunningApplication(ConfigurableApplicationContext context) implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static RunningApplication start(String... properties) {
    return start(new Class<?>[] {OrdersApplication.class}, properties);
  }

  static RunningApplication with(Class<?> more, String... properties) {
    return start(new Class<?>[] {OrdersApplication.class, more}, properties);
  }

  private static RunningApplication start(Class<?>[] sources, String... properties) {
    return new RunningApplication(
        SpringApplication.run(
            sources,
            Stream.concat(Servers.properties().stream(), Stream.of(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new)));
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  HttpResponse<String> get(String path, String... headers) {
    return get(port(), path, headers);
  }

  static HttpResponse<String> get(int port, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
