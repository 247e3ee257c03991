package dev.vigil.examples.service;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.IntSupplier;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;

/**
 * While it is broken, {@code /api/items} answers 500, and a customer who will not be put off asks
 * for it ten times a second.
 */
final class FailingAnswers implements Feature, Breakable, AutoCloseable {

  private static final long BETWEEN_MILLIS = 100;

  private final IntSupplier port;
  private volatile boolean broken;
  private @Nullable Thread customer;

  FailingAnswers(IntSupplier port) {
    this.port = port;
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addFilter(
        new FilterHolder(new FailingFilter()), "/api/items", EnumSet.of(DispatcherType.REQUEST));
  }

  @Override
  public synchronized void broken(boolean on) {
    broken = on;
    if (on && customer == null) {
      customer = new Thread(this::ask, "demo-customer");
      customer.setDaemon(true);
      customer.start();
    } else if (!on && customer != null) {
      customer.interrupt();
      customer = null;
    }
  }

  private void ask() {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port.getAsInt() + "/api/items"))
            .timeout(Duration.ofSeconds(5))
            .build();
    while (broken) {
      try {
        client.send(request, BodyHandlers.discarding());
        Thread.sleep(BETWEEN_MILLIS);
      } catch (InterruptedException over) {
        return;
      } catch (IOException notNow) {
        broken = false; // the service goes down
      }
    }
  }

  @Override
  public void close() {
    broken(false);
  }

  private final class FailingFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (broken) {
        ((HttpServletResponse) response).sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      } else {
        chain.doFilter(request, response);
      }
    }
  }
}
