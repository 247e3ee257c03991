package dev.vigil.alerts;

import dev.vigil.core.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a channel may make its next attempt: not faster than its receiver takes them, not before the
 * pause after a failure is over, and once a minute while the last five have failed.
 *
 * <p>Used by the channel's thread alone.
 */
final class Pace {

  private static final int FAILURES_TO_OPEN = 5;
  private static final Duration PROBE_EVERY = Duration.ofMinutes(1);

  /** What is asked of the breaker a moment too early is asked again after this. */
  private static final long MOMENT = Duration.ofMillis(10).toNanos();

  private final Ticker ticker;
  private final DoubleSupplier random;
  private final CircuitBreaker breaker;
  private final @Nullable RateLimiter limiter;
  private long notBefore;
  private boolean reserved;
  private int failures;

  Pace(String channel, Duration gap, Ticker ticker, DoubleSupplier random) {
    this.ticker = ticker;
    this.random = random;
    long start = ticker.read();
    notBefore = start;
    InstantSource measured = () -> Instant.EPOCH.plusNanos(ticker.read() - start);
    breaker =
        CircuitBreaker.of(
            "vigil-alert-" + channel,
            CircuitBreakerConfig.custom()
                .clock(measured.withZone(ZoneOffset.UTC)) // no jump of the wall clock opens it
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(FAILURES_TO_OPEN)
                .minimumNumberOfCalls(FAILURES_TO_OPEN)
                .failureRateThreshold(100)
                .waitDurationInOpenState(PROBE_EVERY)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    limiter =
        gap.isZero()
            ? null
            : RateLimiter.of(
                "vigil-alert-" + channel,
                RateLimiterConfig.custom()
                    .limitForPeriod(1)
                    .limitRefreshPeriod(gap)
                    .timeoutDuration(gap.multipliedBy(2))
                    .build(),
                ticker::read);
  }

  /**
   * Zero where an attempt begins now, of which {@link #succeeded}, {@link #failed} or {@link
   * #spared} has to tell; otherwise for how many nanoseconds to wait.
   */
  long begin() {
    long now = ticker.read();
    if (now - notBefore < 0) {
      return notBefore - now;
    }
    if (limiter != null && !reserved) {
      reserved = true;
      long wait = limiter.reservePermission();
      if (wait > 0) {
        notBefore = now + wait;
        return wait;
      }
    }
    if (!breaker.tryAcquirePermission()) {
      return MOMENT;
    }
    return 0;
  }

  /** The attempt was not needed after all. */
  void spared() {
    breaker.releasePermission();
  }

  void succeeded() {
    reserved = false;
    failures = 0;
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /**
   * The attempt failed.
   *
   * @param retryAfter how long the receiver asks to wait, null where it does not. One that asks is
   *     there, so that its answer opens nothing
   */
  void failed(Exception failure, @Nullable Duration retryAfter) {
    reserved = false;
    failures++;
    long pause = RetryPlan.delay(failures, retryAfter, random.getAsDouble());
    if (retryAfter != null) {
      breaker.releasePermission();
    } else {
      breaker.onError(0, TimeUnit.NANOSECONDS, failure);
      if (breaker.getState() == State.OPEN) {
        pause = Math.max(pause, PROBE_EVERY.toNanos());
      }
    }
    notBefore = ticker.read() + pause;
  }

  /** Whether the last attempt failed. */
  boolean failing() {
    return failures > 0;
  }
}
