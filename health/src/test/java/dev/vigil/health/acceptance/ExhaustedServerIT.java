package dev.vigil.health.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthRegistry;
import dev.vigil.health.http.AdminServer;
import dev.vigil.health.http.HealthHttpHandler;
import dev.vigil.testing.LeakedThreads;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every thread of the application's server is blocked: liveness on the admin port answers all the
 * same.
 */
@ExtendWith(LeakedThreads.class)
class ExhaustedServerIT {

  private static final int THREADS = 8;

  @Test
  void livenessAnswersWhileEveryThreadOfTheServerIsBlocked() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger blocked = new AtomicInteger();
    Server jetty = new Server(new QueuedThreadPool(THREADS));
    ServerConnector connector = new ServerConnector(jetty, 1, 1);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new Blocking(release, blocked)), "/*");
    jetty.setHandler(context);
    jetty.start();
    HttpClient client = HttpClient.newHttpClient();
    URI application = URI.create("http://localhost:" + connector.getLocalPort() + "/");
    try (HealthRegistry health = HealthRegistry.builder().build();
        AdminServer admin = AdminServer.start(0, Map.of("/health", HealthHttpHandler.of(health)))) {
      for (int i = 0; i < THREADS * 3; i++) {
        client.sendAsync(
            HttpRequest.newBuilder(application).build(), HttpResponse.BodyHandlers.discarding());
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> jetty.getThreadPool().isLowOnThreads() && blocked.get() >= THREADS - 3);

      long slowest = 0;
      for (int i = 0; i < 50; i++) {
        long begin = System.nanoTime();
        HttpURLConnection probe =
            (HttpURLConnection)
                URI.create("http://localhost:" + admin.port() + "/health/live")
                    .toURL()
                    .openConnection();
        probe.setConnectTimeout(5_000);
        probe.setReadTimeout(5_000);
        assertThat(probe.getResponseCode()).isEqualTo(200);
        probe.disconnect();
        slowest = Math.max(slowest, System.nanoTime() - begin);
      }

      System.out.printf(
          "server exhausted: slowest of 50 liveness answers %d ms%n",
          TimeUnit.NANOSECONDS.toMillis(slowest));
    } finally {
      release.countDown();
      jetty.stop();
    }
  }

  private static final class Blocking extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient CountDownLatch release;
    private final transient AtomicInteger blocked;

    Blocking(CountDownLatch release, AtomicInteger blocked) {
      this.release = release;
      this.blocked = blocked;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      blocked.incrementAndGet();
      try {
        release.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
