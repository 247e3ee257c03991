package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All values are invented; each that contains "planted" must not appear in any body. */
class RedactionTest {

  private final HealthRegistry registry =
      HealthRegistry.builder()
          .check(
              "said",
              c ->
                  HealthResult.unhealthy(
                          "cannot reach jdbc:postgresql://db/orders?user=app&password=planted1x")
                      .with("url", "https://svc:planted2x@partner.example.test/v1")
                      .with("password", "planted3x")
                      .with("apiKey", List.of("planted4x", 42))
                      .with("db.password", 7_700_077)
                      .with("headers", Map.of("Authorization", "Bearer planted5x.planted6x"))
                      .with("lines", List.of("token=planted7x1", "fine"))
                      .with(
                          "peers", Map.of("https://a:planted8x@h/", 1, "https://b:planted9x@h/", 2))
                      .with("rows", 17),
              c -> c.inline())
          .check(
              "thrown",
              c -> {
                throw new IllegalStateException(
                    "login failed, password=planted10x",
                    new RuntimeException("Authorization: Basic cGxhbnRlZDpwbGFudGVk"));
              },
              c -> c.inline())
          .build();

  @AfterEach
  void close() {
    registry.close();
  }

  private HealthResponse ask(Disclosure level, HealthFormat format) {
    return HealthEndpoint.builder(registry)
        .disclosure(level)
        .build()
        .handle(get("?verbose&format=" + format.parameter()));
  }

  @ParameterizedTest
  @EnumSource(HealthFormat.class)
  void letsNoSecretIntoAnyBody(HealthFormat format) {
    for (Disclosure level : Disclosure.values()) {
      assertThat(Bodies.text(ask(level, format)))
          .as("%s at %s", format, level)
          .doesNotContain("planted", "7700077", "cGxhbnRlZDpwbGFudGVk", "login failed");
    }
  }

  @Test
  void leavesWhatIsNoSecret() {
    JsonNode said = Bodies.json(ask(Disclosure.DETAILS, HealthFormat.NATIVE)).at("/checks/said");

    assertThat(said.path("message").asText())
        .isEqualTo("cannot reach jdbc:postgresql://db/orders?user=app&password=***");
    assertThat(said.path("url").asText()).endsWith("@partner.example.test/v1");
    assertThat(said.path("rows").asInt()).isEqualTo(17);
    assertThat(said.path("password").asText()).isEqualTo("***");
    assertThat(said.path("apiKey").asText()).isEqualTo("***");
    assertThat(said.path("lines").get(1).asText()).isEqualTo("fine");
    assertThat(said.path("peers")).hasSize(2);
  }

  @Test
  void redactsWhyTheWholeIsUnhealthy() {
    registry.drain("moving to https://ops:planted11x@new.example.test/");

    for (HealthFormat format : HealthFormat.values()) {
      assertThat(Bodies.text(ask(Disclosure.DETAILS, format))).doesNotContain("planted");
    }
    assertThat(Bodies.text(ask(Disclosure.DETAILS, HealthFormat.NATIVE)))
        .contains("@new.example.test");
  }
}
