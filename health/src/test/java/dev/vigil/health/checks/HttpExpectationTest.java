package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.HttpAnswer.Redirect;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpExpectationTest {

  @ParameterizedTest
  @CsvSource({
    "200, HEALTHY, ",
    "204, HEALTHY, ",
    "299, HEALTHY, ",
    "304, UNHEALTHY, unexpected status: HTTP 304",
    "400, UNHEALTHY, unexpected status: HTTP 400",
    "401, UNHEALTHY, credentials refused: HTTP 401",
    "403, UNHEALTHY, credentials refused: HTTP 403",
    "429, DEGRADED, asked too often: HTTP 429",
    "500, UNHEALTHY, unexpected status: HTTP 500",
    "999, UNHEALTHY, unexpected status: HTTP 999",
  })
  void judgesByTheStatus(int status, HealthStatus expected, String message) {
    HealthResult result = HttpExpectation.SUCCESS.judge(answer(status, "", Map.of()));

    assertThat(result.status()).isEqualTo(expected);
    assertThat(result.message()).isEqualTo(message);
    assertThat(result.data()).containsEntry("httpStatus", status);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 302, 503})
  void takesAStatusThatIsExpectedWhateverItUsuallyMeans(int status) {
    HealthResult result =
        HttpExpectation.SUCCESS.statuses(status).judge(answer(status, "", Map.of()));

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void takesOtherStatusesInPlaceOf2xx() {
    HttpExpectation teapot = HttpExpectation.SUCCESS.statuses(418);

    assertThat(teapot.judge(answer(200, "", Map.of())).message())
        .isEqualTo("unexpected status: HTTP 200");
  }

  @ParameterizedTest
  @CsvSource({"30, 30", "' 7 ', 7", "86400, 86400", "0, 0"})
  void showsASaneRetryAfter(String header, int seconds) {
    assertThat(tooMany(header).data()).containsEntry("retryAfterSeconds", seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86401",
        "-1",
        "999999999999",
        "soon",
        "",
        "1.5",
        "٣",
        "Wed, 21 Oct 2026 07:28:00 GMT"
      })
  void showsNoRetryAfterThatIsNoSaneNumber(String header) {
    assertThat(tooMany(header).data()).containsOnlyKeys("httpStatus");
  }

  @Test
  void holdsTheBodyAgainstTheExpectationWithoutShowingIt() {
    HttpExpectation expectation = HttpExpectation.SUCCESS.body(body -> body.equals("ok"));

    assertThat(expectation.judge(answer(200, "ok", Map.of())).status())
        .isEqualTo(HealthStatus.HEALTHY);
    HealthResult result = expectation.judge(answer(200, "hunter2", Map.of()));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.toString())
        .contains("the body is not what is expected")
        .doesNotContain("hunter2");
  }

  @Test
  void refusesStatusesThatNoServerFinallySends() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpExpectation.SUCCESS.statuses(200, 100))
        .withMessage("an expected status must be between 200 and 599 but one was 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpExpectation.SUCCESS.statuses())
        .withMessage("expecting(..) needs one status at least");
  }

  @Test
  void readsTheBodyByTheCharsetThatTheAnswerNames() {
    byte[] latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(text(latin, "text/plain; charset=\"ISO-8859-1\"")).isEqualTo("Grüße");
    assertThat(text(latin, "text/plain; Charset=latin1")).isEqualTo("Grüße");
    assertThat(text("Grüße".getBytes(StandardCharsets.UTF_8), "text/plain")).isEqualTo("Grüße");
    assertThat(text("ok".getBytes(StandardCharsets.UTF_8), "text/plain; charset=no-such"))
        .isEqualTo("ok");
    assertThat(text("ok".getBytes(StandardCharsets.UTF_8), "text/plain; charset=%!&"))
        .isEqualTo("ok");
  }

  private static HealthResult tooMany(String retryAfter) {
    return HttpExpectation.SUCCESS.judge(answer(429, "", Map.of("Retry-After", retryAfter)));
  }

  private static String text(byte[] body, String contentType) {
    return new HttpAnswer(200, headers(Map.of("Content-Type", contentType)), body, Redirect.NONE)
        .text();
  }

  private static HttpAnswer answer(int status, String body, Map<String, String> headers) {
    return new HttpAnswer(
        status, headers(headers), body.getBytes(StandardCharsets.UTF_8), Redirect.NONE);
  }

  private static HttpHeaders headers(Map<String, String> headers) {
    Map<String, List<String>> lists = new java.util.HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return HttpHeaders.of(lists, (name, value) -> true);
  }
}
