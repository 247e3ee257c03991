package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.core.Profile;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.http.Authoriser.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisclosureTest {

  private final HealthRegistry registry =
      HealthRegistry.builder()
          .version("1.2.3")
          .check(
              "database",
              c ->
                  HealthResult.unhealthy("db.internal refused", new IllegalStateException("inner"))
                      .with("pool", 7),
              c -> c.inline().group(HealthGroup.LIVENESS).tags("sql"))
          .build();

  @AfterEach
  void close() {
    registry.close();
  }

  private HealthEndpoint endpoint(Disclosure disclosure, Verdict verdict) {
    return HealthEndpoint.builder(registry)
        .disclosure(disclosure)
        .authoriser(request -> verdict)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS,  NONE,    503, status timestamp,                       ''",
    "CHECKS,  NONE,    503, status timestamp checks,                status",
    "DETAILS, NONE,    503, status timestamp version uptime checks, status responseTime message error errorId since consecutiveFailures tags pool",
    "STATUS,  GRANTED, 503, status timestamp version uptime checks, status responseTime message error errorId since consecutiveFailures tags pool",
    "CHECKS,  GRANTED, 503, status timestamp version uptime checks, status responseTime message error errorId since consecutiveFailures tags pool",
    "DETAILS, GRANTED, 503, status timestamp version uptime checks, status responseTime message error errorId since consecutiveFailures tags pool",
    "STATUS,  REFUSED, 401, '',                                     ''",
    "CHECKS,  REFUSED, 401, '',                                     ''",
    "DETAILS, REFUSED, 401, '',                                     ''"
  })
  void showsWhatTheCallerMaySee(
      Disclosure disclosure, Verdict verdict, int code, String top, String check) {
    HealthResponse response = endpoint(disclosure, verdict).handle(get("/live"));

    assertThat(response.status()).isEqualTo(code);
    if (code == 401) {
      assertThat(Bodies.text(response)).isEqualTo("the credentials are not accepted\n");
      return;
    }
    assertThat(String.join(" ", Bodies.keys(Bodies.json(response)))).isEqualTo(top);
    assertThat(String.join(" ", Bodies.keys(Bodies.json(response).at("/checks/database"))))
        .isEqualTo(check);
  }

  @ParameterizedTest
  @EnumSource(HealthFormat.class)
  void tellsTheAnonymousNothingButWordsInAnyFormat(HealthFormat format) {
    for (Disclosure level : new Disclosure[] {Disclosure.STATUS, Disclosure.CHECKS}) {
      HealthResponse response =
          endpoint(level, Verdict.NONE).handle(get("/live?verbose&format=" + format.parameter()));

      assertThat(Bodies.text(response))
          .doesNotContain("internal", "pool", "Exception", "inner", "1.2.3", "sql", "errorId");
      assertThat(Bodies.text(response).contains("database")).isEqualTo(level == Disclosure.CHECKS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/check/database",
        "/check/none",
        "?check=database",
        "?check=none",
        "?exclude=database",
        "?exclude=none",
        "?tag=sql",
        "?tag=none",
        "/live?check=database"
      })
  void doesNotTellWhetherACheckExistsToWhomMaySeeNoChecks(String target) {
    assertThat(endpoint(Disclosure.STATUS, Verdict.NONE).handle(get(target)))
        .isSameAs(Refusal.UNKNOWN.response());
  }

  @Test
  void refusesWrongCredentialsBeforeItTellsWhatThereIs() {
    HealthEndpoint endpoint = endpoint(Disclosure.CHECKS, Verdict.REFUSED);

    assertThat(endpoint.handle(get("/check/none"))).isSameAs(endpoint.handle(get("/live")));
    assertThat(endpoint.handle(get("?format=x")).status()).isEqualTo(401);
    assertThat(endpoint.handle(get("/live").method("HEAD")).status()).isEqualTo(401);
  }

  @Test
  void saysHowToDoBetterWhereTheAuthoriserSaysSo() {
    Authoriser inviting =
        new Authoriser() {
          @Override
          public Verdict judge(HealthRequest request) {
            return Verdict.REFUSED;
          }

          @Override
          public Optional<String> challenge() {
            return Optional.of("Own realm=\"x\"");
          }
        };

    HealthResponse invited =
        HealthEndpoint.builder(registry)
            .profile(Profile.PRODUCTION)
            .authoriser(inviting)
            .build()
            .handle(get(""));

    assertThat(invited.headers()).containsEntry("WWW-Authenticate", "Own realm=\"x\"");
    assertThat(endpoint(Disclosure.STATUS, Verdict.REFUSED).handle(get("")).headers())
        .doesNotContainKey("WWW-Authenticate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Own\r\nX-Evil: 1", "Own \u0000", "Own \u00e9"})
  void refusesAChallengeThatIsNoHeaderValue(String challenge) {
    Authoriser forged =
        new Authoriser() {
          @Override
          public Verdict judge(HealthRequest request) {
            return Verdict.REFUSED;
          }

          @Override
          public Optional<String> challenge() {
            return Optional.of(challenge);
          }
        };

    assertThatThrownBy(
            () ->
                HealthEndpoint.builder(registry)
                    .profile(Profile.STAGING)
                    .authoriser(forged)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an authoriser's challenge must be one line of printable ASCII");
  }

  @Test
  void showsTheAnonymousViewWhereAnAuthoriserFails() {
    HealthEndpoint broken =
        HealthEndpoint.builder(registry)
            .disclosure(Disclosure.CHECKS)
            .authoriser(
                request -> {
                  throw new IllegalStateException("no directory");
                })
            .build();

    HealthResponse response = broken.handle(get("/live"));

    assertThat(response.status()).isEqualTo(503);
    assertThat(Bodies.keys(Bodies.json(response).at("/checks/database"))).containsExactly("status");
    assertThat(broken.handle(get("/live"))).isSameAs(response);
  }

  @ParameterizedTest
  @CsvSource({"PRODUCTION,STATUS", "STAGING,CHECKS", "DEVELOPMENT,CHECKS"})
  void followsTheProfile(Profile profile, Disclosure disclosure) {
    HealthResponse response =
        HealthEndpoint.builder(registry).profile(profile).build().handle(get("/live"));

    assertThat(Bodies.json(response).has("checks")).isEqualTo(disclosure == Disclosure.CHECKS);
    assertThat(Disclosure.defaultFor(profile)).isEqualTo(disclosure);
  }

  @Test
  void letsTheApplicationBeatTheProfile() {
    HealthResponse response =
        HealthEndpoint.builder(registry)
            .profile(Profile.PRODUCTION)
            .disclosure(Disclosure.CHECKS)
            .build()
            .handle(get("/live"));

    assertThat(Bodies.json(response).has("checks")).isTrue();
  }
}
