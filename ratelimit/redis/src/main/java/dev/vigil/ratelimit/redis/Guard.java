package dev.vigil.ratelimit.redis;

import dev.vigil.core.Redactor;
import dev.vigil.core.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker round one node's batches: open after two of the last four failed, so that
 * callers are answered at once; tried again by a background thread, never by a caller. One log line
 * a change.
 */
final class Guard {

  private static final Logger log = LoggerFactory.getLogger(RedisRateLimiter.class);

  private final CircuitBreaker breaker;
  private final Runnable recovered;
  private volatile String reason = "";
  private volatile long openedAt;

  Guard(
      String limiter,
      String node,
      WhenUnavailable answer,
      Duration pause,
      Ticker ticker,
      Runnable opened,
      Runnable recovered) {
    this.recovered = recovered;
    breaker =
        CircuitBreaker.of(
            "vigil-ratelimit-" + limiter,
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(4)
                .minimumNumberOfCalls(2)
                .failureRateThreshold(50)
                .waitDurationInOpenState(pause)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              State from = event.getStateTransition().getFromState();
              State to = event.getStateTransition().getToState();
              if (from == State.CLOSED && to == State.OPEN) {
                openedAt = ticker.read();
                log.warn(
                    "rate limiter {}: Redis at {} does not answer ({}); answering {} until it does",
                    limiter,
                    node,
                    reason,
                    answer);
                opened.run();
              } else if (to == State.CLOSED) {
                log.warn(
                    "rate limiter {}: Redis at {} answers again after {} ms",
                    limiter,
                    node,
                    (ticker.read() - openedAt) / 1_000_000);
              }
            });
  }

  boolean isClosed() {
    return breaker.getState() == State.CLOSED;
  }

  /** Whether a connection may be tried now; its success or failure must follow. */
  boolean mayTry() {
    return breaker.tryAcquirePermission();
  }

  void success(long nanos) {
    boolean wasClosed = isClosed();
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    if (!wasClosed && isClosed()) {
      recovered.run();
    }
  }

  void failure(String why) {
    reason = why;
    breaker.onError(0, TimeUnit.NANOSECONDS, new TimeoutException(why));
  }

  void failure(RuntimeException failure) {
    reason =
        failure.getClass().getSimpleName()
            + ": "
            + Redactor.standard().redact(String.valueOf(failure.getMessage()));
    breaker.onError(0, TimeUnit.NANOSECONDS, failure);
  }
}
