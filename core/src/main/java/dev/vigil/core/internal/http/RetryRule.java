package dev.vigil.core.internal.http;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Whether a post may be sent again, and when.
 *
 * <p>Only where the receiver cannot have acted on it: the connection did not come about, or the
 * answer is 429 (RFC 6585) or 503 (RFC 9110, 15.6.4). Waits half a second, doubled each time, less
 * up to half of it so that many senders do not come back at once; and at least as long as {@code
 * Retry-After} asks for (RFC 9110, 10.2.3).
 *
 * @param retries how often at most
 */
record RetryRule(int retries) {

  private static final Duration FIRST = Duration.ofMillis(500);

  /** A receiver that wants more is better asked again by the caller, who may have news by then. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * How long to wait after a failure; empty for not again.
   *
   * @param attempt how many attempts failed before this one
   * @param random from 0 to 1
   */
  Optional<Duration> afterFailure(int attempt, Throwable failure, double random) {
    return attempt < retries && neverSent(failure)
        ? Optional.of(backOff(attempt, random))
        : Optional.empty();
  }

  /** How long to wait after an answer; empty for taking it as it is. */
  Optional<Duration> afterAnswer(int attempt, JsonPost.Answer answer, double random) {
    if (attempt >= retries || (answer.status() != 429 && answer.status() != 503)) {
      return Optional.empty();
    }
    Duration asked = answer.retryAfter() == null ? Duration.ZERO : answer.retryAfter();
    Duration backOff = backOff(attempt, random);
    Duration wait = asked.compareTo(backOff) > 0 ? asked : backOff;
    return wait.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(wait);
  }

  private static Duration backOff(int attempt, double random) {
    Duration full = FIRST.multipliedBy(1L << Math.min(attempt, 6));
    Duration capped = full.compareTo(LONGEST) > 0 ? LONGEST : full;
    return capped.minusNanos((long) (capped.toNanos() * 0.5 * random));
  }

  /** Whether nothing of the request can have left, whatever the cause is wrapped in. */
  static boolean neverSent(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnresolvedAddressException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Reads {@code Retry-After}: seconds, or a date; empty where it is neither. */
  static Optional<Duration> retryAfter(String header, Instant now) {
    String text = header.strip();
    if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }
}
