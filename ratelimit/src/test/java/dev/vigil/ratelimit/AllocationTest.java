package dev.vigil.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final int CALLS = 20_000;

  /**
   * The decision itself at most, which the compiler may keep off the heap where it is only read.
   */
  @Test
  void aDecisionOnAKnownKeyAllocatesNoMoreThanItself() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    RateLimiter limiter = LocalRateLimiter.of("api", RateLimit.perHour(1_000_000_000));
    long admitted = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 60 && least > 48L * CALLS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      admitted += run(limiter);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(admitted).isPositive();
    assertThat(least).as("bytes for %s decisions", CALLS).isLessThanOrEqualTo(49L * CALLS);
  }

  private static long run(RateLimiter limiter) {
    long admitted = 0;
    for (int i = 0; i < CALLS; i++) {
      admitted += limiter.tryAcquire("key").allowed() ? 1 : 0;
    }
    return admitted;
  }
}
