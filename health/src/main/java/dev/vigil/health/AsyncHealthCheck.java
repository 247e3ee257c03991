package dev.vigil.health;

import java.util.concurrent.CompletionStage;

/**
 * A {@link HealthCheck} whose answer comes later, from a client that calls back. Costs no thread
 * while it waits.
 *
 * <p>The same rules hold: one run at a time, the time-out counts from the call, a stage that fails
 * or yields {@code null} is unhealthy, one that never completes is unhealthy from its time-out on
 * and not called again before it completes.
 */
@FunctionalInterface
public interface AsyncHealthCheck {

  /**
   * Begins to look once. Must not block.
   *
   * @param context the time left, whether anyone still waits, and the last result
   * @return the answer to come; neither it nor its value may be {@code null}
   * @throws Exception if it does not work; counts as unhealthy
   */
  CompletionStage<HealthResult> check(CheckContext context) throws Exception;
}
