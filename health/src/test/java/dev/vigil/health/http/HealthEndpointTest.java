package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.core.Profile;
import dev.vigil.health.CheckOptions;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthEndpointTest {

  private final FakeTime time = new FakeTime();
  private volatile HealthResult database = HealthResult.healthy();
  private volatile HealthResult stripe = HealthResult.healthy();
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .time(time, time)
          .check("database", c -> database, c -> c.inline().tags("sql", "storage"))
          .check("stripe", c -> stripe, c -> c.inline().notCritical().tags("vendor"))
          .check("heap", c -> HealthResult.healthy(), c -> c.inline().group(HealthGroup.LIVENESS))
          .check(
              "cache",
              c -> HealthResult.healthy(),
              c -> c.inline().group(HealthGroup.READINESS, HealthGroup.of("eu")).tags("storage"))
          .check(
              "migrated", c -> HealthResult.healthy(), c -> c.inline().group(HealthGroup.STARTUP))
          .build();
  private final HealthEndpoint endpoint =
      HealthEndpoint.builder(registry).disclosure(Disclosure.CHECKS).build();

  @AfterEach
  void close() {
    registry.close();
  }

  private static List<String> checks(HealthResponse response) {
    return Bodies.keys(Bodies.json(response).path("checks"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                          database stripe heap cache migrated",
    "/,                           database stripe heap cache migrated",
    "/live,                       heap",
    "/ready,                      cache lifecycle",
    "/startup,                    migrated lifecycle",
    "/started,                    migrated lifecycle",
    "/group/eu,                   cache",
    "/group/liveness,             heap",
    "/check/stripe,               stripe",
    "?check=heap,                 heap",
    "?check=heap&check=stripe,    stripe heap",
    "?check=st%72ipe,             stripe",
    "?exclude=heap&exclude=cache, database stripe migrated",
    "?tag=storage,                database cache",
    "?tag=sql&tag=vendor,         database stripe",
    "?tag=storage&exclude=cache,  database",
    "/group/eu?tag=storage,       cache",
    "/live?check=heap,            heap",
    "/?_=1700000000,              database stripe heap cache migrated",
    "'?',                         database stripe heap cache migrated"
  })
  void asksTheChecksThatThePathAndTheQueryName(String target, String names) {
    HealthResponse response = endpoint.handle(get(target));

    assertThat(response.status()).isEqualTo(200);
    assertThat(checks(response)).containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "live",
        "/liv",
        "/Live",
        "/live/",
        "//live",
        "/live/x",
        "/health",
        "/group",
        "/group/",
        "/group/none",
        "/group/eu/x",
        "/group/../eu",
        "/check",
        "/check/",
        "/check/none",
        "/check/database/x",
        "/check/lifecycle",
        "/check/data base",
        "/check/\u0000",
        "/..",
        "/.",
        "?check=none",
        "?check=database&check=none",
        "?check=",
        "?exclude=none",
        "?tag=none",
        "?tag=",
        "/live?check=database",
        "/group/eu?tag=sql",
        "?tag=sql&check=stripe",
        "/check/%64atabase",
        "?check=%3Cscript%3E",
        "?exclude=lifecycle"
      })
  void answers404ToWhatThereIsNotWithoutRepeatingIt(String target) {
    HealthResponse response = endpoint.handle(get(target));

    assertThat(response).isSameAs(Refusal.UNKNOWN.response());
    assertThat(response.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?check=%", "?check=%zz", "?x=%FF", "?%41%4=1"})
  void answers400ToAMalformedQuery(String target) {
    assertThat(endpoint.handle(get(target)).status()).isEqualTo(400);
  }

  @Test
  void answers400ToQueriesWithoutBound() {
    assertThat(endpoint.handle(get("?" + "check=database&".repeat(5_000))).status()).isEqualTo(400);
    assertThat(endpoint.handle(get("?" + "a&".repeat(101))).status()).isEqualTo(400);
    assertThat(endpoint.handle(get("?x=" + "y".repeat(10_000_000))).status()).isEqualTo(400);
    assertThat(endpoint.handle(get("/check/" + "y".repeat(10_000_000))).status()).isEqualTo(404);
  }

  @Test
  void answers400ToAnUnknownFormatWithTheNamesThatThereAre() {
    HealthResponse response = endpoint.handle(get("?format=%3Cxml%3E"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers()).containsEntry("Content-Type", "text/plain;charset=utf-8");
    assertThat(Bodies.text(response))
        .isEqualTo(
            "format must be one of native, health+json, actuator, kubernetes, microprofile\n");
  }

  @ParameterizedTest
  @EnumSource(HealthFormat.class)
  void letsTheFormatParameterBeatTheAcceptHeader(HealthFormat format) {
    HealthResponse response =
        endpoint.handle(
            get("/live?format=" + format.parameter()).with("Accept", "application/json"));

    assertThat(response.headers()).containsEntry("Content-Type", format.contentType());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "head", "", "GE\r\nT"
      })
  void allowsGetAndHeadOnly(String method) {
    HealthResponse response = endpoint.handle(get("/live").method(method));

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live", "", "/nothing", "?format=x", "/ready?format=kubernetes"})
  void answersHeadAsGetWithoutTheBody(String target) {
    HealthResponse whole = endpoint.handle(get(target));
    HealthResponse head = endpoint.handle(get(target).method("HEAD"));

    assertThat(head.status()).isEqualTo(whole.status());
    assertThat(head.headers()).isEqualTo(whole.headers());
    assertThat(head.contentLength()).isEqualTo(whole.body().remaining()).isPositive();
    assertThat(head.hasBody()).isFalse();
    assertThat(head.body().remaining()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live", "", "/nothing", "?format=x", "?%"})
  void keepsEveryAnswerOutOfCaches(String target) {
    HealthResponse response = endpoint.handle(get(target));

    assertThat(response.headers())
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Vary", "Accept")
        .containsEntry("Content-Length", Integer.toString(response.body().remaining()));
  }

  @Test
  void answers503WhenUnhealthyAnd200WhenDegraded() {
    stripe = HealthResult.unhealthy("vendor is down");
    assertThat(endpoint.handle(get("")).status()).isEqualTo(200);

    database = HealthResult.unhealthy("refused");
    time.advance(Duration.ofSeconds(1));
    assertThat(endpoint.handle(get("")).status()).isEqualTo(503);
    assertThat(endpoint.handle(get("/live")).status()).isEqualTo(200);
  }

  @Test
  void answersWithTheStatusCodesThatItIsTold() {
    HealthEndpoint own =
        HealthEndpoint.builder(registry)
            .disclosure(Disclosure.STATUS)
            .statusCodes(201, 207, 500)
            .build();
    stripe = HealthResult.degraded("slow");

    assertThat(own.handle(get("/live")).status()).isEqualTo(201);
    assertThat(own.handle(get("")).status()).isEqualTo(207);
    registry.drain("shutting down");
    assertThat(own.handle(get("/ready")).status()).isEqualTo(500);
  }

  @Test
  void refusesStatusCodesThatCannotBe() {
    HealthEndpoint.Builder builder = HealthEndpoint.builder(registry);

    assertThatThrownBy(() -> builder.statusCodes(200, 200, 600))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unhealthy must be between 200 and 599 but was 600");
    assertThatThrownBy(() -> builder.statusCodes(204, 200, 503))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("healthy must be a status code that has a body but was 204");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/live", "/ready", "/startup", "/group/eu", "/live?verbose"})
  void handsOutTheSameResponseWhileNothingHasChanged(String target) {
    endpoint.handle(get("/ready")); // the startup checks pass, which is a change

    for (HealthFormat format : HealthFormat.values()) {
      String sep = target.contains("?") ? "&" : "?";
      TestRequest request = get(target + sep + "format=" + format.parameter());
      HealthResponse first = endpoint.handle(request);

      time.advance(Duration.ofMillis(150));
      assertThat(endpoint.handle(request)).isSameAs(first);
      assertThat(endpoint.handleAsync(request).join()).isSameAs(first);

      registry.maintenance(true, "changed");
      assertThat(endpoint.handle(request)).isNotSameAs(first);
      registry.maintenance(false, "changed back");
    }
  }

  @Test
  void writesAnewOnceTheReportIsAnotherOne() {
    HealthResponse before = endpoint.handle(get(""));
    database = HealthResult.unhealthy("refused");
    time.advance(Duration.ofSeconds(1));

    HealthResponse after = endpoint.handle(get(""));

    assertThat(Bodies.json(before).path("status").asText()).isEqualTo("healthy");
    assertThat(Bodies.json(after).path("status").asText()).isEqualTo("unhealthy");
    assertThat(Bodies.json(after).path("timestamp").asText()).isEqualTo("2026-01-01T00:00:01.000Z");
  }

  @Test
  void keepsWhatEachCallerMaySeeApart() {
    HealthEndpoint guarded =
        HealthEndpoint.builder(registry)
            .disclosure(Disclosure.STATUS)
            .authoriser(
                request ->
                    request.header("X-Friend") == null
                        ? Authoriser.Verdict.NONE
                        : Authoriser.Verdict.GRANTED)
            .build();

    HealthResponse friend = guarded.handle(get("").with("X-Friend", "yes"));
    HealthResponse stranger = guarded.handle(get(""));

    assertThat(Bodies.keys(Bodies.json(friend))).contains("checks", "uptime");
    assertThat(Bodies.keys(Bodies.json(stranger))).containsExactly("status", "timestamp");
    assertThat(guarded.handle(get("").with("X-Friend", "yes"))).isSameAs(friend);
    assertThat(guarded.handle(get(""))).isSameAs(stranger);
  }

  @Test
  void seesChecksComeAndGo() {
    assertThat(endpoint.handle(get("/group/us")).status()).isEqualTo(404);

    registry.register(
        "replica", c -> HealthResult.healthy(), c -> c.inline().group(HealthGroup.of("us")));
    assertThat(checks(endpoint.handle(get("/group/us")))).containsExactly("replica");
    assertThat(checks(endpoint.handle(get("")))).contains("replica");

    registry.unregister("replica");
    assertThat(endpoint.handle(get("/group/us")).status()).isEqualTo(404);
    assertThat(checks(endpoint.handle(get("")))).doesNotContain("replica");
  }

  @Test
  void answersWithoutBlockingOnceTheCheckHasCome() {
    CompletableFuture<HealthResult> slow = new CompletableFuture<>();
    registry.registerAsync("slow", c -> slow, CheckOptions::informational);

    CompletableFuture<HealthResponse> answer = endpoint.handleAsync(get(""));
    CompletableFuture<HealthResponse> head = endpoint.handleAsync(get("").method("HEAD"));
    assertThat(answer).isNotDone();
    slow.complete(HealthResult.healthy());

    assertThat(answer).succeedsWithin(Duration.ofSeconds(30));
    assertThat(checks(answer.join())).contains("slow");
    assertThat(head.join().hasBody()).isFalse();
    assertThat(head.join().contentLength()).isPositive();
    assertThat(endpoint.handleAsync(get("/nothing")).join().status()).isEqualTo(404);
  }

  @Test
  void answersAfterTheRegistryIsClosed() {
    registry.close();

    assertThat(endpoint.handle(get("")).status()).isEqualTo(503);
    assertThat(endpoint.handleAsync(get("/ready")).join().status()).isEqualTo(503);
    assertThat(endpoint.handle(get("/live")).status()).isEqualTo(200);
  }

  @Test
  void takesTheDefaultFormatForWhomDoesNotChoose() {
    HealthEndpoint own =
        HealthEndpoint.builder(registry)
            .profile(Profile.STAGING)
            .defaultFormat(HealthFormat.MICROPROFILE)
            .build();

    assertThat(Bodies.json(own.handle(get("/live"))).path("status").asText()).isEqualTo("UP");
    assertThat(Bodies.json(own.handle(get("/live?format=native"))).path("status").asText())
        .isEqualTo("healthy");
  }

  @Test
  void printsNothingOfABody() {
    assertThat(endpoint.handle(get("/nothing")))
        .hasToString("404 text/plain;charset=utf-8, 81 bytes");
  }
}
