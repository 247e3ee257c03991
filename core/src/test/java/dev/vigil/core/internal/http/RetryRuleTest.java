package dev.vigil.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.internal.http.JsonPost.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRuleTest {

  private final RetryRule rule = new RetryRule(3);

  @ParameterizedTest
  @CsvSource({"0, 0, PT0.5S", "0, 1, PT0.25S", "1, 0, PT1S", "1, 0.5, PT0.75S", "2, 0, PT2S"})
  void doublesTheWaitAndSpreadsIt(int attempt, double random, Duration wait) {
    assertThat(rule.afterFailure(attempt, new ConnectException(), random)).contains(wait);
  }

  @Test
  void neverWaitsLongerThanHalfAMinute() {
    assertThat(new RetryRule(10).afterFailure(9, new ConnectException(), 0))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void stopsAfterItsRetries() {
    assertThat(rule.afterFailure(3, new ConnectException(), 0)).isEmpty();
    assertThat(rule.afterAnswer(3, new Answer(503, "", null), 0)).isEmpty();
    assertThat(new RetryRule(0).afterFailure(0, new ConnectException(), 0)).isEmpty();
  }

  @Test
  void sendsAgainOnlyWhatWasNeverSent() {
    assertThat(RetryRule.neverSent(new ConnectException("refused"))).isTrue();
    assertThat(RetryRule.neverSent(new HttpConnectTimeoutException("slow"))).isTrue();
    assertThat(RetryRule.neverSent(new IOException(new UnresolvedAddressException()))).isTrue();
    assertThat(RetryRule.neverSent(new HttpTimeoutException("no answer"))).isFalse();
    assertThat(RetryRule.neverSent(new IOException("connection reset"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 301, 400, 401, 408, 413, 500, 502, 504})
  void takesOtherAnswersAsTheyAre(int status) {
    assertThat(rule.afterAnswer(0, new Answer(status, "", Duration.ofSeconds(1)), 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "429, , PT0.5S",
    "503, PT0S, PT0.5S",
    "503, PT7S, PT7S",
    "429, PT30S, PT30S",
    "429, PT31S,"
  })
  void waitsAsLongAsTheReceiverAsks(int status, Duration asked, Duration wait) {
    assertThat(rule.afterAnswer(0, new Answer(status, "", asked), 0).orElse(null)).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "0                             | PT0S",
        "120                           | PT2M",
        "Thu, 01 Jan 2026 00:00:30 GMT | PT30S",
        "Wed, 31 Dec 2025 23:59:00 GMT | PT0S",
        "''                            | none",
        "-1                            | none",
        "1.5                           | none",
        "soon                          | none",
        "99999999999999999999          | none",
        "Do, 01 Jan 2026 00:00:30 GMT  | none"
      })
  void readsRetryAfter(String header, Duration wait) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(RetryRule.retryAfter(header, now).orElse(null)).isEqualTo(wait);
  }
}
