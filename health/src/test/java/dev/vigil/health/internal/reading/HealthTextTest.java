package dev.vigil.health.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTextTest {

  private static Reading read(String body) {
    Reading reading = new Reading();
    HealthText.read(body, reading);
    return reading;
  }

  @ParameterizedTest
  @CsvSource({
    "ok, HEALTHY",
    "OK, HEALTHY",
    "Healthy, HEALTHY",
    "ok: degraded, DEGRADED",
    "Degraded, DEGRADED",
    "Unhealthy, UNHEALTHY",
    "healthz check passed, HEALTHY",
    "readyz check failed, UNHEALTHY"
  })
  void readsOneWordOrOneLine(String body, Status expected) {
    assertThat(read(body + "\r\n").status()).isEqualTo(expected);
  }

  @Test
  void readsALinePerCheck() {
    Reading reading =
        read(
            """
            [+]ping ok
            [-]etcd failed: reason withheld
            [-]poststarthook/crd failed
            [+]log excluded: ok
            readyz check failed
            """);

    assertThat(reading.status()).isEqualTo(Status.UNHEALTHY);
    assertThat(reading.wrong())
        .containsExactly(
            new WrongCheck("etcd", "unhealthy", "reason withheld"),
            new WrongCheck("poststarthook/crd", "unhealthy", null));
  }

  @Test
  void readsDegradedChecks() {
    Reading reading = read("[+]ping ok\n[+]stripe ok: degraded\nready check passed\n");

    assertThat(reading.status()).isEqualTo(Status.DEGRADED);
    assertThat(reading.wrong()).containsExactly(new WrongCheck("stripe", "degraded", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", "Hello", "it is ok", "[1]", "[", "[]", "[x]y z", "check passed"})
  void learnsNothingFromOtherText(String body) {
    assertThat(read(body).status()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[+]", "[-]", "[-] ", "[-]: "})
  void bearsALineWithoutAName(String body) {
    assertThat(read(body).status()).isNotNull();
  }
}
