package dev.vigil.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriNamesTest {

  private final UriNames names = new UriNames(100);

  @ParameterizedTest
  @CsvSource({
    "/orders/{id}, /orders/1, 404, /orders/{id}",
    "'', /, 200, root",
    ", /orders, 200, /orders",
    ", /orders, 500, /orders",
    ", /orders, 404, NOT_FOUND",
    ", /orders, 302, REDIRECTION",
    ", /orders, 401, UNKNOWN",
    ", /orders, 429, UNKNOWN",
    ", /, 200, /",
  })
  void saysWhatSpringBootWouldOrThePath(String template, String path, int status, String name) {
    assertThat(names.name(template, path, status)).isEqualTo(name);
  }

  @Test
  void aPathThatOnceSucceededKeepsItsNameInFailure() {
    names.name(null, "/orders", 200);

    assertThat(names.name(null, "/orders", 404)).isEqualTo("/orders");
    assertThat(names.name(null, "/orders", 429)).isEqualTo("/orders");
  }

  @Test
  void theHundredAndFirstPathIsOther() {
    Set<String> values = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      values.add(names.name(null, "/page-" + i, 200));
    }

    assertThat(values).hasSize(101).contains("/page-0", "/page-99", "other");
    assertThat(names.name(null, "/page-7", 200)).isEqualTo("/page-7");
    assertThat(names.name(null, "/page-100", 200)).isEqualTo("other");
  }

  @Test
  void aScanUsesNothingUp() {
    for (int i = 0; i < 10_000; i++) {
      names.name(null, "/wp-admin/" + i, 404);
      names.name(null, "/private/" + i, 401);
      names.name(null, "/old/" + i, 301);
    }

    assertThat(names.name(null, "/orders", 200)).isEqualTo("/orders");
  }

  @Test
  void templatesAreManyAndBoundedToo() {
    Set<String> values = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      values.add(names.name("/no/template/" + i, "/", 200));
    }

    assertThat(values).hasSize(1_001).contains("other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a\nb",
        "/a\r\nX: y",
        "/caf\u00e9",
        "/\u2028",
        "/a b",
        "/\u001b[31m",
        "/reset/password=hunter2",
        "/in/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1r",
        "",
      })
  void whatIsHostileOrSecretIsOther(String path) {
    assertThat(names.name(null, path, 200)).isEqualTo("other");
  }

  @Test
  void aLongPathIsOther() {
    assertThat(names.name(null, "/" + "x".repeat(200), 200)).isEqualTo("other");
    assertThat(names.name("/" + "x".repeat(10_000), "/", 200)).isEqualTo("other");
  }
}
