package dev.vigil.health;

import java.time.Duration;
import java.util.Optional;

/**
 * Looks whether one thing works.
 *
 * <p>Called on a thread of the registry's (or of the executor handed to it), never twice at a time.
 * What it throws, an {@link Error} too, and {@code null} count as unhealthy. Should it not return
 * by its time-out, it counts as unhealthy from then on, is told through {@link
 * CheckContext#cancelled()}, and is not called again until it has returned: a hung check costs its
 * thread and nothing else. Give the client that it uses a time-out of its own all the same, so that
 * it does return.
 *
 * <pre>{@code
 * HealthCheck queue = context -> depth() < 1_000
 *     ? HealthResult.healthy()
 *     : HealthResult.degraded("more than 1000 orders wait").with("waiting", depth());
 * }</pre>
 *
 * <p>Implementations need not be thread-safe; successive calls may come from different threads,
 * each call happening-before the next.
 */
@FunctionalInterface
public interface HealthCheck {

  /**
   * Looks once.
   *
   * @param context the time left, whether anyone still waits, and the last result
   * @return how it is; never {@code null}
   * @throws Exception if it does not work; counts as unhealthy
   */
  HealthResult check(CheckContext context) throws Exception;

  /**
   * Whether this check asks something outside of this process. A restart rarely cures that, so such
   * a check in the liveness group is a finding of {@link HealthRegistry#audit()}.
   */
  default boolean remote() {
    return false;
  }

  /**
   * How often this check should run by itself where its options say neither {@link
   * CheckOptions#every} nor {@link CheckOptions#cacheFor}. Empty by default: on demand.
   */
  default Optional<Duration> interval() {
    return Optional.empty();
  }
}
