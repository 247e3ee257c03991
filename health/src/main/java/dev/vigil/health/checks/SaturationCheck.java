package dev.vigil.health.checks;

import dev.vigil.core.internal.Require;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.IntSupplier;

/**
 * Degraded, then unhealthy, as a thread pool or a queue fills up: over 75 % and over 90 % by
 * default.
 *
 * <p>Of a pool with a queue, the queue counts; of one that hands over directly ({@code
 * SynchronousQueue}), its threads. A pool that is shut down is unhealthy. The figures are taken one
 * after the other while the pool works, so they are a snapshot only in tendency.
 *
 * <pre>{@code
 * SaturationCheck.pool(executor);
 * SaturationCheck.of("waiting orders", orders::size, 10_000).thresholds(50, 80);
 * }</pre>
 *
 * <p>Reads memory only, so it may be registered inline. Data: {@code used}, {@code limit}, {@code
 * percent}; of a pool also {@code activeThreads}, {@code maxThreads}, {@code queued}. Immutable and
 * thread-safe.
 */
public final class SaturationCheck implements HealthCheck {

  /** What is looked at. */
  private interface Gauge {
    /** How full it is; {@code what}, {@code used} and {@code limit} for people. */
    Fill read();
  }

  private record Fill(String what, long used, long limit, HealthResult facts) {}

  private final Gauge gauge;
  private final Thresholds thresholds;

  private SaturationCheck(Gauge gauge, Thresholds thresholds) {
    this.gauge = gauge;
    this.thresholds = thresholds;
  }

  /**
   * Watches a pool whose queue is bounded, or which has none.
   *
   * @throws IllegalArgumentException if its queue has no bound; give one by {@link
   *     #pool(ThreadPoolExecutor, int)}
   */
  public static SaturationCheck pool(ThreadPoolExecutor pool) {
    long capacity = (long) pool.getQueue().size() + pool.getQueue().remainingCapacity();
    if (capacity >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the pool's queue has no bound; say how many tasks may wait by pool(pool, queueLimit)");
    }
    return watching(() -> fill(pool, capacity));
  }

  /**
   * Watches a pool whose queue should not grow beyond a limit, whatever its bound.
   *
   * @param queueLimit how many tasks may wait; 1 or more
   */
  public static SaturationCheck pool(ThreadPoolExecutor pool, int queueLimit) {
    Objects.requireNonNull(pool, "pool");
    Require.between("queueLimit", 1, Integer.MAX_VALUE, queueLimit);
    return watching(() -> fill(pool, queueLimit));
  }

  /**
   * Watches a queue that is bounded.
   *
   * @throws IllegalArgumentException if it has no bound or no room at all; use {@link #of} with a
   *     limit
   */
  public static SaturationCheck queue(BlockingQueue<?> queue) {
    long capacity = (long) queue.size() + queue.remainingCapacity();
    if (capacity == 0 || capacity >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the queue must be bounded and have room; give a limit by of(..) instead");
    }
    return of("the queue", queue::size, (int) capacity);
  }

  /**
   * Watches anything that fills up.
   *
   * @param what for people, for example {@code "the mailbox"}
   * @param used how much is taken; must not block
   * @param limit what that may be at most; 1 or more
   */
  public static SaturationCheck of(String what, IntSupplier used, int limit) {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(used, "used");
    Require.between("limit", 1, Integer.MAX_VALUE, limit);
    return watching(() -> new Fill(what, used.getAsInt(), limit, HealthResult.healthy()));
  }

  private static SaturationCheck watching(Gauge gauge) {
    return new SaturationCheck(gauge, Thresholds.MEMORY);
  }

  private static Fill fill(ThreadPoolExecutor pool, long capacity) {
    int active = pool.getActiveCount();
    int queued = pool.getQueue().size();
    int most = pool.getMaximumPoolSize();
    HealthResult facts =
        (pool.isShutdown()
                ? HealthResult.unhealthy("the pool is shut down")
                : HealthResult.healthy())
            .with("activeThreads", active)
            .with("maxThreads", most)
            .with("queued", queued);
    return capacity == 0
        ? new Fill("the pool", active, most, facts)
        : new Fill("the pool's queue", queued, capacity, facts);
  }

  /**
   * This check with other thresholds.
   *
   * @param degradedOver percent, above 0; 75 by default
   * @param unhealthyOver percent, above {@code degradedOver} and under 100; 90 by default
   * @throws IllegalArgumentException if the two are out of range or out of order
   */
  public SaturationCheck thresholds(double degradedOver, double unhealthyOver) {
    return new SaturationCheck(gauge, new Thresholds(degradedOver, unhealthyOver));
  }

  @Override
  public HealthResult check(CheckContext context) {
    Fill fill = gauge.read();
    double percent = Math.round(1000.0 * fill.used / fill.limit) / 10.0;
    HealthStatus status = thresholds.judge(percent);
    HealthResult result = fill.facts;
    if (result.status() == HealthStatus.HEALTHY && status != HealthStatus.HEALTHY) {
      HealthResult full =
          HealthResult.of(
              status,
              fill.what + " is " + percent + " % full, over " + thresholds.crossed(status) + " %");
      for (var entry : result.data().entrySet()) {
        full = full.with(entry.getKey(), entry.getValue());
      }
      result = full;
    }
    return result.with("used", fill.used).with("limit", fill.limit).with("percent", percent);
  }
}
