package dev.vigil.metrics.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.metrics.http.RequestMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter in real containers, over HTTP. */
class RequestMetricsFilterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @TempDir Path folder;

  static List<Container.Kind> kinds() {
    return Container.Kind.ofThisRun();
  }

  private interface Conversation {
    void with(int port) throws Exception;
  }

  private void inside(Container.Kind kind, Conversation conversation) throws Exception {
    inside(kind, new RequestMetricsFilter(RequestMetrics.of(registry)), conversation);
  }

  private void inside(Container.Kind kind, RequestMetricsFilter filter, Conversation conversation)
      throws Exception {
    Container container =
        kind.start(
            folder,
            context -> {
              filter.addTo(context);
              Scenarios.addTo(context);
            });
    try {
      conversation.with(container.port());
    } finally {
      container.stopping().stop();
    }
  }

  /** A container may tell of a request's end after the client has its answer. */
  private void counts(Map<String, Long> expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Talk.counts(registry)).isEqualTo(expected));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void countsEachRequestOnceByWhereItWent(Container.Kind kind) throws Exception {
    inside(
        kind,
        port -> {
          assertThat(Talk.get(port, "/plain?a=b")).isEqualTo(200);
          assertThat(Talk.get(port, "/plain;a=b")).isEqualTo(200);
          assertThat(Talk.send(port, "POST", "/plain")).isEqualTo(200);
          assertThat(Talk.get(port, "/files/a")).isEqualTo(200);
          assertThat(Talk.get(port, "/files/b")).isEqualTo(200);
          assertThat(Talk.get(port, "/anything")).isEqualTo(200);
          assertThat(Talk.get(port, "/missing/a")).isEqualTo(404);
          assertThat(Talk.get(port, "/private")).isEqualTo(401);
          assertThat(Talk.get(port, "/old")).isEqualTo(302);
          assertThat(Talk.get(port, "/forward")).isEqualTo(200);
          assertThat(Talk.get(port, "/include")).isEqualTo(200);
          assertThat(Talk.get(port, "/spring")).isEqualTo(200);
          assertThat(Talk.get(port, "/observed")).isEqualTo(200);
          counts(
              Map.ofEntries(
                  Map.entry("GET /plain 200 SUCCESS none", 2L),
                  Map.entry("POST /plain 200 SUCCESS none", 1L),
                  Map.entry("GET /files/* 200 SUCCESS none", 2L),
                  Map.entry("GET /anything 200 SUCCESS none", 1L),
                  Map.entry("GET NOT_FOUND 404 CLIENT_ERROR none", 1L),
                  Map.entry("GET UNKNOWN 401 CLIENT_ERROR none", 1L),
                  Map.entry("GET REDIRECTION 302 REDIRECTION none", 1L),
                  Map.entry("GET /forward 200 SUCCESS none", 1L),
                  Map.entry("GET /include 200 SUCCESS none", 1L),
                  Map.entry("GET /orders/{id} 200 SUCCESS none", 1L)));
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void countsAnExceptionOnceWithTheStatusThatTheClientSees(Container.Kind kind) throws Exception {
    inside(
        kind,
        port -> {
          assertThat(Talk.get(port, "/fail")).isEqualTo(500);
          assertThat(Talk.get(port, "/wrapped")).isEqualTo(500);
          assertThat(Talk.get(port, "/unsupported")).isEqualTo(500); // by way of /error
          assertThat(Talk.get(port, "/gone")).isEqualTo(410); // by way of /error
          assertThat(Talk.get(port, "/late-failure")).isEqualTo(200);
          counts(
              Map.of(
                  "GET /fail 500 SERVER_ERROR IllegalStateException", 1L,
                  "GET /wrapped 500 SERVER_ERROR IllegalArgumentException", 1L,
                  "GET /unsupported 500 SERVER_ERROR UnsupportedOperationException", 1L,
                  "GET /gone 410 CLIENT_ERROR none", 1L,
                  "GET /late-failure 200 SUCCESS IllegalStateException", 1L));
        });
  }

  /** Some containers keep the exception to themselves. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aServletThatIsUnavailableIsSo(Container.Kind kind) throws Exception {
    inside(
        kind,
        port -> {
          assertThat(Talk.get(port, "/unavailable")).isEqualTo(503);
          await().atMost(PATIENCE).until(() -> !Talk.counts(registry).isEmpty());
          assertThat(Talk.counts(registry).keySet())
              .singleElement()
              .asString()
              .matches("GET /unavailable 503 SERVER_ERROR (none|UnavailableException)");
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void timesAsynchronousWorkToItsEnd(Container.Kind kind) throws Exception {
    inside(
        kind,
        port -> {
          assertThat(Talk.get(port, "/async")).isEqualTo(202);
          assertThat(Talk.get(port, "/async-dispatch")).isEqualTo(200);
          assertThat(Talk.get(port, "/async-twice")).isEqualTo(202);
          assertThat(Talk.get(port, "/async-failing")).isEqualTo(500);
          assertThat(Talk.get(port, "/async-timeout")).isEqualTo(500);
          counts(
              Map.of(
                  "GET /async 202 SUCCESS none", 1L,
                  "GET /async-dispatch 200 SUCCESS none", 1L,
                  "GET /async-twice 202 SUCCESS none", 1L,
                  "GET /async-failing 500 SERVER_ERROR IllegalStateException", 1L,
                  "GET /async-timeout 500 SERVER_ERROR TimeoutException", 1L));
          assertThat(
                  registry
                      .get(RequestMetrics.METER)
                      .tag("uri", "/async")
                      .timer()
                      .totalTime(TimeUnit.MILLISECONDS))
              .isGreaterThanOrEqualTo(50);
        });
  }

  /** The work may be over before the filter has returned from the chain, or not. */
  @ParameterizedTest
  @MethodSource("kinds")
  void missesNoneThatEndsAtOnceAndCountsNoneTwice(Container.Kind kind) throws Exception {
    inside(
        kind,
        port -> {
          for (int i = 0; i < 200; i++) {
            assertThat(Talk.get(port, "/async-at-once")).isEqualTo(202);
          }
          counts(Map.of("GET /async-at-once 202 SUCCESS none", 200L));
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aStormOfPathsMakesAHundredValuesAndOther(Container.Kind kind) throws Exception {
    inside(
        kind,
        port -> {
          Talk.storm(
              port,
              IntStream.range(0, 10_000)
                  .mapToObj(n -> (n % 2 == 0 ? "/missing/" : "/there/") + n)
                  .toList());
          await()
              .atMost(PATIENCE)
              .until(
                  () ->
                      Talk.counts(registry).values().stream().mapToLong(Long::longValue).sum()
                          == 10_001);
          Set<String> uris = new HashSet<>();
          registry
              .find(RequestMetrics.METER)
              .timers()
              .forEach(timer -> uris.add(timer.getId().getTag("uri")));
          assertThat(uris).hasSize(103).contains("NOT_FOUND", "other", "/plain");
          assertThat(uris).noneMatch(uri -> uri.startsWith("/missing"));
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hostileRequestLinesMakeNoValuesOfTheirOwn(Container.Kind kind) throws Exception {
    inside(
        kind,
        port -> {
          for (String path :
              List.of(
                  "/a%0d%0aX-Forged:1",
                  "/a%22%7d%0a",
                  "/caf%C3%A9",
                  "/%1b%5b31m",
                  "/a%20b",
                  "/reset/password=hunter2",
                  "/" + "x".repeat(3_000))) {
            Talk.get(port, path);
          }
          for (String method : List.of("HACK", "get", "X".repeat(100))) {
            Talk.send(port, method, "/plain");
          }
          assertThat(Talk.get(port, "/plain")).isEqualTo(200);
          await()
              .atMost(PATIENCE)
              .until(() -> Talk.counts(registry).containsKey("GET /plain 200 SUCCESS none"));
          assertThat(Talk.counts(registry).keySet())
              .allMatch(
                  series ->
                      series.matches(
                          "(GET|UNKNOWN) (other|UNKNOWN|/plain) (200|40\\d|501) \\w+ none"));
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aTemplateOfTheApplicationsOwnComesFirst(Container.Kind kind) throws Exception {
    RequestMetricsFilter filter =
        new RequestMetricsFilter(
            RequestMetrics.of(registry),
            request -> {
              if (request.getServletPath().equals("/plain")) {
                throw new IllegalStateException("has no answer");
              }
              return request.getServletPath().startsWith("/there/") ? "/there/{number}" : null;
            });
    inside(
        kind,
        filter,
        port -> {
          assertThat(Talk.get(port, "/there/1")).isEqualTo(200);
          assertThat(Talk.get(port, "/there/2")).isEqualTo(200);
          assertThat(Talk.get(port, "/spring")).isEqualTo(200);
          assertThat(Talk.get(port, "/plain")).isEqualTo(200);
          counts(
              Map.of(
                  "GET /there/{number} 200 SUCCESS none", 2L,
                  "GET /orders/{id} 200 SUCCESS none", 1L,
                  "GET /plain 200 SUCCESS none", 1L));
        });
  }
}
