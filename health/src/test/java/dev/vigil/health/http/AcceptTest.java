package dev.vigil.health.http;

import static dev.vigil.health.http.HealthFormat.ACTUATOR;
import static dev.vigil.health.http.HealthFormat.HEALTH_JSON;
import static dev.vigil.health.http.HealthFormat.KUBERNETES;
import static dev.vigil.health.http.HealthFormat.MICROPROFILE;
import static dev.vigil.health.http.HealthFormat.NATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*/*                                                              | NATIVE",
        "application/json                                                 | NATIVE",
        "application/*                                                    | NATIVE",
        "application/health+json                                          | HEALTH_JSON",
        "application/vnd.spring-boot.actuator.v3+json                     | ACTUATOR",
        "text/plain                                                       | KUBERNETES",
        "text/*                                                           | KUBERNETES",
        "TEXT/Plain;q=1                                                   | KUBERNETES",
        "text/plain; charset=utf-8                                        | KUBERNETES",
        "text/plain;q=0.5, application/health+json;q=0.6                  | HEALTH_JSON",
        "text/plain;q=0.501, application/health+json;q=0.5                | KUBERNETES",
        "text/plain;q=0.5,*/*                                             | NATIVE",
        "*/*,text/plain                                                   | KUBERNETES",
        "text/*,application/health+json                                   | HEALTH_JSON",
        "application/json, text/plain, */*                                | NATIVE",
        "application/vnd.spring-boot.actuator.v3+json,application/vnd.spring-boot.actuator.v2+json,application/json | ACTUATOR",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8  | NATIVE",
        "image/avif,image/webp                                            | NATIVE",
        "*/*, application/json;q=0                                        | HEALTH_JSON",
        "application/json;q=0                                             | HEALTH_JSON",
        "text/plain;q=0                                                   | NATIVE",
        "text/plain;q=0.000, application/health+json;q=0.001              | HEALTH_JSON",
        "text/plain;a=\",;q=0\";q=0.9, application/health+json;q=0.8      | KUBERNETES",
        "text/plain;a=\"\\\",\";q=0.1, application/health+json;q=0.8      | HEALTH_JSON",
        "text/plain;Q=0.1,application/health+json;q=0.2                   | HEALTH_JSON"
      })
  void choosesWhatTheCallerLikesBest(String header, HealthFormat format) {
    assertThat(Accept.choose(header, NATIVE)).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        ";",
        ",,,,",
        ";;;",
        "\"",
        "\\",
        "/",
        "*",
        "q=1",
        ";q=1",
        "text/plain;q=",
        "text/plain;q=2",
        "text/plain;q=1.5",
        "text/plain;q=-1",
        "text/plain;q=0.1234",
        "text/plain;q=.5",
        "text/plain;q=a",
        "text/plain;q=1e0",
        "text/plain;q=\u0661",
        "text/plain\r\nX: y",
        "\"text/plain",
        "TEXT\u0130/PLAIN"
      })
  void sendsTheDefaultToWhomItDoesNotUnderstand(String header) {
    assertThat(Accept.choose(header, NATIVE)).isEqualTo(NATIVE);
    assertThat(Accept.choose(header + ",x/y", NATIVE)).isEqualTo(NATIVE);
  }

  @Test
  void sendsTheDefaultToWhomSaysNothingOrFarTooMuch() {
    assertThat(Accept.choose(null, ACTUATOR)).isEqualTo(ACTUATOR);
    assertThat(Accept.choose("text/plain," + "a/b,".repeat(1_000_000), ACTUATOR))
        .isEqualTo(ACTUATOR);
  }

  @Test
  void readsJsonAndWildcardsAsTheDefaultWhereThatIsOfTheirKind() {
    assertThat(Accept.choose("application/json", MICROPROFILE)).isEqualTo(MICROPROFILE);
    assertThat(Accept.choose("application/json", ACTUATOR)).isEqualTo(NATIVE);
    assertThat(Accept.choose("application/*", ACTUATOR)).isEqualTo(ACTUATOR);
    assertThat(Accept.choose("application/*", KUBERNETES)).isEqualTo(NATIVE);
    assertThat(Accept.choose("*/*", HEALTH_JSON)).isEqualTo(HEALTH_JSON);
  }
}
