package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import dev.vigil.ratelimit.Decision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What all nodes of one limiter share. */
record Settings(
    String name,
    WhenUnavailable whenUnavailable,
    Duration timeout,
    Ticker ticker,
    InstantSource wall,
    ScheduledExecutorService scheduler,
    Function<Ask, Decision> fallback,
    Runnable recovered) {

  /** Runs something in the background; false where the limiter is closed. */
  boolean later(Runnable task, long millis) {
    try {
      Future<?> unused = scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }
}
