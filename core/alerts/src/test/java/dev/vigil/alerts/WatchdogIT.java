package dev.vigil.alerts;

import static dev.vigil.alerts.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.Secret;
import dev.vigil.testing.LeakedThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real server; the minutes are those of a clock that the test moves. */
class WatchdogIT {

  private static final String PATH = "/ping/3f1c9b52-secret";

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-alerts-");

  private final BlockingQueue<String> requests = new ArrayBlockingQueue<>(100);
  private final AtomicInteger status = new AtomicInteger(200);
  private final RunnerFixture fixture = new RunnerFixture();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
          requests.add(
              exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body);
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort() + PATH;
    // A third of a minute, so that its turns do not fall together with evaluations.
    fixture.watchdog = Watchdog.posting(Secret.of(url)).every(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void isToldAsLongAsAlertsWork() throws InterruptedException {
    try (LogLines log = new LogLines("dev.vigil.alerts.Watchdog");
        RuleRunner runner = fixture.runner(rule("heap", FakeCondition.single()))) {
      runner.start();
      // Its own first turn may come before the first evaluation has ended.
      fixture.time.awaitWaiting(2);
      fixture.time.advance(Duration.ofSeconds(20));
      assertThat(requests.poll(10, TimeUnit.SECONDS)).isEqualTo("POST " + PATH + " {}");

      fixture.sink.delivers = false;
      fixture.time.awaitWaiting(2);
      requests.clear();
      fixture.time.advance(Duration.ofSeconds(20));
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .anyMatch(each -> each.contains("no channel can deliver")));
      assertThat(requests).isEmpty();

      fixture.sink.delivers = true;
      fixture.time.awaitWaiting(2);
      fixture.time.advance(Duration.ofSeconds(20));
      assertThat(requests.poll(10, TimeUnit.SECONDS)).isEqualTo("POST " + PATH + " {}");
    }
  }

  @Test
  void isNotToldWhileAnEvaluationHangs() {
    java.util.concurrent.CountDownLatch released = new java.util.concurrent.CountDownLatch(1);
    fixture.snapshot =
        () -> {
          try {
            released.await();
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        };
    try (LogLines log = new LogLines("dev.vigil.alerts.Watchdog");
        RuleRunner runner = fixture.runner(rule("heap", FakeCondition.single()))) {
      runner.start();
      fixture.time.awaitWaiting(1);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .containsExactly(
                          "WARN the watchdog will raise the alarm unless this ends: it is not told"
                              + " that alerts work, since rules are not evaluated on time"));
      assertThat(requests).isEmpty();
      released.countDown();
    }
  }

  @Test
  void saysOnceThatItIsRefusedAndNeverWhere() throws InterruptedException {
    status.set(404);
    try (LogLines log = new LogLines("dev.vigil.alerts.Watchdog");
        RuleRunner runner = fixture.runner(rule("heap", FakeCondition.single()))) {
      runner.start();
      for (int i = 0; i < 3; i++) {
        fixture.time.awaitWaiting(2);
        fixture.time.advance(Duration.ofSeconds(20));
      }
      fixture.time.awaitWaiting(2);
      server.stop(0);
      fixture.time.advance(Duration.ofSeconds(20));
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(log.lines()).anyMatch(each -> each.contains("cannot be reached")));

      assertThat(log.lines().stream().filter(each -> each.contains("404"))).hasSize(1);
      assertThat(log.lines()).noneMatch(each -> each.contains("3f1c9b52"));
    }
  }
}
