package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditGateTest {

  private static final Verdict GOOD = new Verdict(true, "healthy: HTTP 200 in 3 ms");

  private static final String TWO =
      "{\"more\":[1],\"findings\":[{\"severity\":\"warning\",\"where\":\"check a\",\"what\":\"is t0ken\","
          + "\"fix\":\"f\",\"n\":1},{\"severity\":\"info\",\"where\":\"b\",\"what\":\"w\"}]}";

  private final List<URL> asked = new ArrayList<>();

  private Verdict check(int code, String body, String url, String failOn) {
    Exchange exchange =
        (command, limit) -> {
          asked.add(command.url());
          return new Answer(code, body, false, null, 3_000_000);
        };
    return AuditGate.check(
        GOOD, Arguments.parse(new String[] {url, "--fail-on", failOn}, "t0ken"), exchange);
  }

  @ParameterizedTest
  @CsvSource({
    "http://host/health, http://host/health/audit",
    "http://host/health/, http://host/health/audit",
    "http://host/health/ready, http://host/health/audit",
    "http://host:81/a/health/live?x=1, http://host:81/a/health/audit",
    "http://host, http://host/audit"
  })
  void asksBesideTheHealthPath(String url, String audit) {
    assertThat(check(200, "{\"findings\":[]}", url, "info")).isEqualTo(GOOD);
    assertThat(asked).hasToString("[" + audit + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "info, 2 findings of info or worse: check a is ***; b w",
    "low, 2 findings of info or worse: check a is ***; b w",
    "WARNING, 1 finding of warning or worse: check a is ***",
    "medium, 1 finding of warning or worse: check a is ***"
  })
  void failsOnFindingsOfTheSeverityOrWorse(String failOn, String line) {
    assertThat(check(200, TWO, "http://host/health", failOn))
        .isEqualTo(new Verdict(false, "audit: " + line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "HIGH"})
  void letsPassWhatIsNotSoBad(String failOn) {
    assertThat(check(200, TWO, "http://host/health", failOn)).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ok", "{}", "[]", "{\"findings\":1}", "{\"findings\":[1]}", "{\"findings\":["})
  void failsWhereThereIsNoAudit(String body) {
    assertThat(check(200, body, "http://host/health", "error"))
        .isEqualTo(new Verdict(false, "no audit: the body is not one"));
  }

  @Test
  void countsASeverityThatItDoesNotKnow() {
    String body = "{\"findings\":[{\"severity\":\"catastrophe\",\"where\":\"x\",\"what\":\"y\"}]}";

    assertThat(check(200, body, "http://host/health", "error").enough()).isFalse();
  }

  @Test
  void saysWhyThereIsNoAudit() {
    assertThat(check(401, "", "http://host/health", "error").line())
        .isEqualTo("no audit: HTTP 401, it wants credentials: see VIGIL_PROBE_TOKEN");
    assertThat(
            AuditGate.check(
                    GOOD,
                    Arguments.parse(
                        new String[] {"http://host/health", "--fail-on", "error"}, null),
                    (command, limit) -> {
                      throw new ConnectException();
                    })
                .line())
        .isEqualTo("no audit: host refuses the connection");
  }

  @Test
  void doesNotAskWhereTheVerdictIsBadAlready() {
    Verdict bad = new Verdict(false, "unhealthy");

    assertThat(
            AuditGate.check(
                bad,
                Arguments.parse(new String[] {"http://host/", "--fail-on", "error"}, null),
                (command, limit) -> {
                  throw new AssertionError("asked");
                }))
        .isSameAs(bad);
  }

  @Test
  void printsAVerdictAsJson() {
    assertThat(new Verdict(true, "healthy: \"a\\b\" \u00e9").json())
        .isEqualTo("{\"ok\":true,\"message\":\"healthy: \\\"a\\\\b\\\" \\u00e9\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,,b", "a,", "a b", "a&b", "a=b"})
  void refusesNamesThatAreNone(String names) {
    assertThatThrownBy(
            () -> Arguments.parse(new String[] {"http://host/", "--checks", names}, null))
        .isInstanceOf(WrongUsage.class)
        .hasMessage("--checks takes names with commas between, like database,cache");
  }

  @ParameterizedTest
  @CsvSource({
    "http://host/health, http://host/health?check=a&check=b:1",
    "http://host/health?x=1#y, http://host/health?x=1&check=a&check=b:1"
  })
  void asksForTheNamedChecksAlone(String url, String asked) {
    Command command = Arguments.parse(new String[] {url, "--checks", "a, b:1", "--json"}, null);

    assertThat(command.url()).hasToString(asked);
    assertThat(command.json()).isTrue();
    assertThatThrownBy(() -> Arguments.parse(new String[] {url, "--fail-on", "planted"}, null))
        .hasMessage("--fail-on takes info, warning or error (or low, medium, high)");
  }
}
