package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.core.Secret;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPageTest {

  private static final Pattern REFERENCE =
      Pattern.compile("(?:href|src)=\"([^\"]*)\"|from \"\\./([^\"]*)\"");

  private final FakeTime time = new FakeTime();
  private volatile HealthResult database = HealthResult.healthy();
  private final HealthRegistry registry =
      HealthRegistry.builder()
          .time(time, time)
          .version("1.2.3")
          .check("database", c -> database, c -> c.inline())
          .build();

  @AfterEach
  void close() {
    registry.close();
  }

  private HealthEndpoint.Builder showing(Disclosure disclosure) {
    return HealthEndpoint.builder(registry)
        .disclosure(disclosure)
        .authoriser(Authoriser.bearer(Secret.of("token")));
  }

  private static TestRequest signedIn(String target) {
    return get(target).with("Authorization", "Bearer token");
  }

  @ParameterizedTest
  @CsvSource({
    "/page,          text/html;charset=utf-8,       <!doctype html>",
    "/page.css,      text/css;charset=utf-8,        :root",
    "/page.js,       text/javascript;charset=utf-8, import",
    "/page-check.js, text/javascript;charset=utf-8, CheckLine",
    "/page-text.js,  text/javascript;charset=utf-8, export function span"
  })
  void servesItsFilesWithAPolicyOfItsOwn(String path, String type, String content) {
    HealthResponse response = showing(Disclosure.STATUS).build().handle(get(path));

    assertThat(response.status()).isEqualTo(200);
    assertThat(Bodies.text(response)).contains(content);
    assertThat(response.headers())
        .containsEntry("Content-Type", type)
        .containsEntry("Content-Length", Integer.toString(response.body().remaining()))
        .containsEntry("Cache-Control", "no-cache")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Referrer-Policy", "no-referrer")
        .containsEntry(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri"
                + " 'none'; form-action 'self'; frame-ancestors 'none'")
        .containsKey("ETag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/page.js", "/page-check.js"})
  void refersToNothingButItsOwnFiles(String path) {
    HealthEndpoint endpoint = showing(Disclosure.STATUS).build();
    String text = Bodies.text(endpoint.handle(get(path)));
    Matcher reference = REFERENCE.matcher(text);

    int found = 0;
    while (reference.find()) {
      String target = reference.group(1) == null ? reference.group(2) : reference.group(1);
      if (!target.startsWith("#") && !target.equals("./")) {
        assertThat(endpoint.handle(get("/" + target)).status()).as(target).isEqualTo(200);
        found++;
      }
    }
    assertThat(found).isPositive();
    assertThat(text)
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
        .doesNotContain("eval(", "style=", "onclick=", "Storage", "document.cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/page.js", "/page.css", "/page.json"})
  void sendsNothingTwiceToWhomHasIt(String path) {
    HealthEndpoint endpoint = showing(Disclosure.CHECKS).build();
    HealthResponse first = endpoint.handle(get(path));
    String tag = first.headers().get("ETag");

    time.advance(Duration.ofHours(1)); // nothing has changed but the time
    HealthResponse again = endpoint.handle(get(path).with("If-None-Match", tag));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.hasBody()).isFalse();
    assertThat(again.headers())
        .containsEntry("ETag", tag)
        .containsEntry("Cache-Control", first.headers().get("Cache-Control"))
        .doesNotContainKeys("Content-Type", "Content-Length");
    assertThat(endpoint.handleAsync(get(path).with("If-None-Match", tag)).join().status())
        .isEqualTo(304);
    assertThat(endpoint.handle(get(path).with("If-None-Match", "\"else\"")).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/page.json"})
  void answersHeadWithoutABody(String path) {
    HealthEndpoint endpoint = showing(Disclosure.CHECKS).build();
    HealthResponse whole = endpoint.handle(get(path));
    HealthResponse head = endpoint.handle(get(path).method("HEAD"));

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.hasBody()).isFalse();
    assertThat(head.headers()).isEqualTo(whole.headers());
    assertThat(endpoint.handle(get(path).method("POST")).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/page/", "/page/x", "/page.html", "/pages", "/page.jsp", "/page-none.js"})
  void answers404BesideIt(String path) {
    assertThat(showing(Disclosure.CHECKS).build().handle(get(path)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/page.js", "/page.css", "/page.json"})
  void isGoneWhenSwitchedOff(String path) {
    HealthEndpoint endpoint = showing(Disclosure.CHECKS).page(false).build();

    assertThat(endpoint.handle(get(path))).isSameAs(Refusal.UNKNOWN.response());
  }

  @Test
  void isNeverChosenByAccept() {
    HealthResponse response =
        showing(Disclosure.CHECKS).build().handle(get("").with("Accept", "text/html,*/*;q=0.1"));

    assertThat(response.headers()).containsEntry("Content-Type", "application/json");
  }

  @ParameterizedTest
  @EnumSource(Disclosure.class)
  void readsWhatTheJsonShowsTheSameCaller(Disclosure level) {
    database = HealthResult.unhealthy("refused").with("port", 5432);
    HealthEndpoint endpoint = showing(level).build();
    JsonNode shown = Bodies.json(endpoint.handle(get("")));
    HealthResponse response = endpoint.handle(get("/page.json"));
    JsonNode read = Bodies.json(response);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
    assertThat(Bodies.keys(read)).containsAll(Bodies.keys(shown));
    for (String key : Bodies.keys(shown)) {
      assertThat(read.path(key)).as(key).isEqualTo(shown.path(key));
    }
    if (level != Disclosure.DETAILS) {
      assertThat(Bodies.text(response)).doesNotContain("refused", "5432", "history", "1.2.3");
    }
  }

  @Test
  void showsTheAuthorisedTheDetailsAndTheChanges() {
    HealthEndpoint endpoint = showing(Disclosure.STATUS).build();
    JsonNode before = Bodies.json(endpoint.handle(signedIn("/page.json")));
    database = HealthResult.unhealthy("refused");
    time.advance(Duration.ofSeconds(2));

    JsonNode after = Bodies.json(endpoint.handle(signedIn("/page.json")));

    assertThat(before.path("history")).isEmpty();
    assertThat(after.at("/checks/database/message").asText()).isEqualTo("refused");
    assertThat(after.at("/history/database/1"))
        .hasToString(
            "{\"at\":\"2026-01-01T00:00:02.000Z\",\"from\":\"healthy\",\"to\":\"unhealthy\"}");
  }

  @Test
  void saysThatADrillIsOne() {
    HealthEndpoint endpoint = showing(Disclosure.STATUS).build();
    assertThat(Bodies.json(endpoint.handle(get("/page.json"))).has("drill")).isFalse();

    registry.drill("database", HealthStatus.UNHEALTHY, Duration.ofMinutes(5), "alice");

    JsonNode shown = Bodies.json(endpoint.handle(get("/page.json")));
    assertThat(shown.path("status").asText()).isEqualTo("unhealthy");
    assertThat(shown.path("drill").asBoolean()).isTrue();
    assertThat(Bodies.json(endpoint.handle(signedIn("/page.json"))).at("/checks/database/message"))
        .asString()
        .startsWith("\"DRILL by");
  }

  @Test
  void tellsACallerHowItCouldSeeMore() {
    HealthEndpoint both =
        HealthEndpoint.builder(registry)
            .disclosure(Disclosure.STATUS)
            .authoriser(
                Authoriser.bearer(Secret.of("token"))
                    .or(Authoriser.basic("ops", Secret.of("password"))))
            .build();
    HealthEndpoint none = HealthEndpoint.builder(registry).disclosure(Disclosure.STATUS).build();

    assertThat(Bodies.json(both.handle(get("/page.json"))).path("signIn"))
        .hasToString("[\"Bearer\",\"Basic\"]");
    assertThat(Bodies.json(none.handle(get("/page.json"))).path("signIn")).hasToString("[]");
    assertThat(Bodies.json(none.handle(get("/page.json"))).path("access").asText())
        .isEqualTo("status");
  }

  @Test
  void sendsWrongCredentialsAwayWithoutABrowsersOwnWindow() {
    HealthEndpoint endpoint = showing(Disclosure.CHECKS).build();
    TestRequest wrong = get("/page.json").with("Authorization", "Bearer tokem");

    assertThat(endpoint.handle(wrong).status()).isEqualTo(403);
    assertThat(endpoint.handle(wrong).headers()).doesNotContainKey("WWW-Authenticate");
    assertThat(Bodies.text(endpoint.handle(wrong))).doesNotContain("database", "healthy");
  }

  @Test
  void changesItsTagWithWhatItSaysOnly() {
    HealthEndpoint endpoint = showing(Disclosure.CHECKS).build();
    String tag = endpoint.handle(get("/page.json")).headers().get("ETag");
    TestRequest next = get("/page.json").with("If-None-Match", tag);

    database = HealthResult.degraded("slow");
    time.advance(Duration.ofSeconds(2));
    assertThat(endpoint.handle(next).status()).isEqualTo(200);
    assertThat(endpoint.handle(signedIn("/page.json").with("If-None-Match", tag)).status())
        .isEqualTo(200);

    database = HealthResult.healthy();
    time.advance(Duration.ofSeconds(2));
    assertThat(endpoint.handle(next).status()).isEqualTo(304);
  }

  @Test
  void handsOutTheSameResponseWhileNothingHasChanged() {
    HealthEndpoint endpoint = showing(Disclosure.DETAILS).build();
    HealthResponse first = endpoint.handle(get("/page.json"));

    assertThat(endpoint.handle(get("/page.json"))).isSameAs(first);
    assertThat(endpoint.handleAsync(get("/page.json")).join()).isSameAs(first);
  }
}
