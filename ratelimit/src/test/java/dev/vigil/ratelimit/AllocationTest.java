package dev.vigil.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {

  private static final int CALLS = 20_000;

  /** Once it is compiled; how long that takes is the machine's affair. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1_000_000_000})
  void aDecisionThatIsOnlyReadAllocatesNothing(int permits) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    RateLimiter limiter = LocalRateLimiter.of("api", RateLimit.perHour(permits));
    long admitted = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 2_000 && least > CALLS / 10; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      admitted += run(limiter);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(admitted).isPositive();
    assertThat(least).as("bytes for %s decisions", CALLS).isLessThanOrEqualTo(CALLS / 10);
  }

  private static long run(RateLimiter limiter) {
    long admitted = 0;
    for (int i = 0; i < CALLS; i++) {
      admitted += limiter.tryAcquire("key").allowed() ? 1 : 0;
    }
    return admitted;
  }
}
