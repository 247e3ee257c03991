package dev.vigil.examples.benchmarks;

import com.google.common.util.concurrent.RateLimiter;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimit;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision in one JVM. Ours looks up its key; the peers have none. Run with -prof gc, -t 1 and
 * -t 2.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LocalLimiterBenchmark {

  /** Far under the limit, or far over it. */
  @Param({"1000000000", "1"})
  public int limit;

  private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
  private LocalRateLimiter ours;
  private Bucket bucket;
  private RateLimiter guava;
  private io.github.resilience4j.ratelimiter.RateLimiter resilience;

  @Setup
  public void prepare() {
    Duration window = Duration.ofHours(1);
    map.put("user-42", "");
    ours = LocalRateLimiter.of("local", RateLimit.of(limit, window));
    bucket =
        Bucket.builder().addLimit(each -> each.capacity(limit).refillGreedy(limit, window)).build();
    guava = RateLimiter.create(limit == 1 ? 1 / 3600.0 : limit);
    resilience =
        io.github.resilience4j.ratelimiter.RateLimiter.of(
            "peer",
            RateLimiterConfig.custom()
                .limitForPeriod(limit)
                .limitRefreshPeriod(window)
                .timeoutDuration(Duration.ZERO)
                .build());
  }

  @Benchmark
  public boolean ours() {
    return ours.tryAcquire("user-42").allowed();
  }

  @Benchmark
  public boolean bucket4j() {
    return bucket.tryConsume(1);
  }

  @Benchmark
  public boolean guava() {
    return guava.tryAcquire();
  }

  @Benchmark
  public boolean resilience4j() {
    return resilience.acquirePermission();
  }

  @Benchmark
  public String mapGet() {
    return map.get("user-42");
  }
}
