package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.TrustedProxies;
import dev.vigil.testing.FakeTime;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The report endpoint over HTTP, with what browsers send and what others send. */
class ReportsIT {

  private static final String TYPE = "application/csp-report";
  private static final String REPORT =
      "{\"csp-report\":{\"effective-directive\":\"img-src\",\"blocked-uri\":\"https://a.example/\"}}";

  @TempDir Path folder;

  private final FakeTime time = new FakeTime();
  private final List<CspReport> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final Map<Container.Kind, Container> running = new EnumMap<>(Container.Kind.class);
  private final CspReportServlet servlet =
      CspReportServlet.builder()
          .trustedProxies(TrustedProxies.loopback().onlyXForwarded())
          .listener(heard::add)
          .ticker(time)
          .build();

  static List<Container.Kind> kinds() {
    return Container.Kind.ofThisRun();
  }

  private Client start(Container.Kind kind, CspReportServlet reports) throws Exception {
    Container container =
        kind.start(
            folder, true, context -> context.addServlet("r", reports).addMapping("/csp-reports"));
    running.put(kind, container);
    return new Client(container.port());
  }

  @AfterEach
  void stop() throws Exception {
    for (Container container : running.values()) {
      container.stop();
    }
  }

  private static HttpResponse<String> post(Client client, String body, String... headers)
      throws Exception {
    return client.send("POST", "/csp-reports", body, headers);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aReportIsCountedByItsDirectiveAndHeardOnce(Container.Kind kind) throws Exception {
    Client client = start(kind, servlet);

    HttpResponse<String> first = post(client, REPORT, "Content-Type", TYPE);
    post(client, "[]", "Content-Type", "application/reports+json; charset=utf-8");
    post(client, REPORT, "Content-Type", "Application/JSON");

    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(first.body()).isEmpty();
    assertThat(servlet.count("img-src", true)).isEqualTo(2);
    assertThat(servlet.count("img-src", false)).isZero();
    assertThat(heard).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsNoReportIsRefusedAndNeverAnErrorOfOurs(Container.Kind kind) throws Exception {
    Client client = start(kind, servlet);

    assertThat(client.get("/csp-reports").statusCode()).isEqualTo(405);
    assertThat(client.get("/csp-reports").headers().firstValue("Allow")).contains("POST");
    assertThat(client.send("TRACE", "/csp-reports", "").statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(post(client, REPORT).statusCode()).isEqualTo(415);
    assertThat(post(client, REPORT, "Content-Type", "text/html").statusCode()).isEqualTo(415);
    assertThat(post(client, "{", "Content-Type", TYPE).statusCode()).isEqualTo(400);
    assertThat(post(client, "[".repeat(10_000), "Content-Type", TYPE).statusCode()).isEqualTo(400);
    assertThat(post(client, " ".repeat(20_000), "Content-Type", TYPE).statusCode()).isEqualTo(413);
    assertThat(servlet.dropped(CspReportServlet.Dropped.MALFORMED)).isEqualTo(2);
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aFloodIsAnswered204AndNoMoreThanTheLimitCounts(Container.Kind kind) throws Exception {
    Client client = start(kind, servlet);

    for (int i = 0; i < 200; i++) {
      String from = "203.0.113." + i;
      HttpResponse<String> response =
          post(client, REPORT, "Content-Type", TYPE, "X-Forwarded-For", from);
      assertThat(response.statusCode()).isEqualTo(204);
    }

    assertThat(servlet.count("img-src", true)).isEqualTo(50);
    assertThat(servlet.dropped(CspReportServlet.Dropped.LIMITED)).isEqualTo(150);
    time.advance(Duration.ofSeconds(1));
    post(client, REPORT, "Content-Type", TYPE);
    assertThat(servlet.count("img-src", true)).isEqualTo(51);
  }

  @Test
  void tenThousandReportsAtOnceAreAllAnsweredAndFiftyAreRead() throws Exception {
    Client client = start(kinds().get(0), servlet);
    ExecutorService browsers = Executors.newFixedThreadPool(8);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String from = "203.0." + i / 250 + "." + i % 250;
      answers.add(
          browsers.submit(
              () ->
                  post(client, REPORT, "Content-Type", TYPE, "X-Forwarded-For", from)
                      .statusCode()));
    }
    Set<Integer> statuses = new HashSet<>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get());
    }
    browsers.shutdown();

    assertThat(statuses).containsExactly(204);
    assertThat(servlet.count("img-src", true)).isEqualTo(50);
    assertThat(servlet.dropped(CspReportServlet.Dropped.LIMITED)).isEqualTo(9_950);
    assertThat(heard).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void oneClientCannotUseUpWhatAllShare(Container.Kind kind) throws Exception {
    Client client = start(kind, servlet);

    for (int i = 0; i < 100; i++) {
      post(client, REPORT, "Content-Type", TYPE, "X-Forwarded-For", "2001:db8::" + i);
    }
    post(client, REPORT, "Content-Type", TYPE, "X-Forwarded-For", "203.0.113.9");

    assertThat(servlet.count("img-src", true)).isEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void extensionsArePassedOver(Container.Kind kind) throws Exception {
    Client client = start(kind, servlet);

    post(client, REPORT.replace("https:", "moz-extension:"), "Content-Type", TYPE);
    post(
        client,
        REPORT.replace("\"blocked-uri\"", "\"source-file\":\"chrome-extension\",\"blocked-uri\""),
        "Content-Type",
        TYPE);

    assertThat(servlet.count("img-src", true)).isZero();
    assertThat(servlet.dropped(CspReportServlet.Dropped.EXTENSION)).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aListenerThatFailsIsReportedAndTheBrowserNotTold(Container.Kind kind) throws Exception {
    CspReportServlet failing =
        CspReportServlet.builder()
            .listener(
                report -> {
                  throw new IllegalStateException("on purpose");
                })
            .errors((doing, failure) -> failures.add(failure))
            .ticker(time)
            .build();
    Client client = start(kind, failing);

    assertThat(post(client, REPORT, "Content-Type", TYPE).statusCode()).isEqualTo(204);
    assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
