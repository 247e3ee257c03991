package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be, and what it means when it is something else. Pure.
 *
 * @param expected the statuses that are as expected; empty for 2xx
 * @param body what the body must satisfy, if anything
 */
record HttpExpectation(Set<Integer> expected, @Nullable Predicate<String> body) {

  static final HttpExpectation SUCCESS = new HttpExpectation(Set.of(), null);

  /** Seconds up to a day (86400); longer waits and dates tell an operator nothing. */
  private static final Pattern SANE_WAIT = Pattern.compile("[0-9]{1,5}");

  private static final int LONGEST_WAIT = 86_400;

  HttpExpectation statuses(int... statuses) {
    Set<Integer> set = new HashSet<>();
    for (int status : statuses) {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException(
            "an expected status must be between 200 and 599 but one was " + status);
      }
      set.add(status);
    }
    if (set.isEmpty()) {
      throw new IllegalArgumentException("expecting(..) needs one status at least");
    }
    return new HttpExpectation(Set.copyOf(set), body);
  }

  HttpExpectation body(Predicate<String> body) {
    return new HttpExpectation(expected, body);
  }

  boolean expects(int status) {
    return expected.isEmpty() ? status / 100 == 2 : expected.contains(status);
  }

  HealthResult judge(HttpAnswer answer) {
    return meaning(answer).with("httpStatus", answer.status());
  }

  private HealthResult meaning(HttpAnswer answer) {
    int status = answer.status();
    if (expects(status)) {
      return body == null || body.test(answer.text())
          ? HealthResult.healthy()
          : HealthResult.unhealthy("the body is not what is expected");
    }
    if (status == 429) {
      return withWait(HealthResult.degraded("asked too often: HTTP 429"), answer);
    }
    if (status == 401 || status == 403) {
      return HealthResult.unhealthy("credentials refused: HTTP " + status);
    }
    if (answer.redirect() != HttpAnswer.Redirect.NONE) {
      return HealthResult.unhealthy(answer.redirect().why());
    }
    return HealthResult.unhealthy("unexpected status: HTTP " + status);
  }

  private static HealthResult withWait(HealthResult result, HttpAnswer answer) {
    String wait = answer.header("Retry-After").map(String::trim).orElse("");
    if (SANE_WAIT.matcher(wait).matches()) {
      int seconds = Integer.parseInt(wait);
      return seconds <= LONGEST_WAIT ? result.with("retryAfterSeconds", seconds) : result;
    }
    return result;
  }
}
