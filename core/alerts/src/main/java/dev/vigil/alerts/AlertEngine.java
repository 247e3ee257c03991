package dev.vigil.alerts;

import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Placeholder. */
public final class AlertEngine implements AutoCloseable {

  private final RuleRunner runner;
  private final EngineClock clock;

  AlertEngine(RuleRunner runner, EngineClock clock) {
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Evaluates at every interval from now on, on a daemon thread.
   *
   * @throws IllegalStateException if it is started, closed, or was evaluated by hand
   */
  public AlertEngine start() {
    runner.start();
    return this;
  }

  /**
   * Evaluates once, at a moment of the caller's: for tests, and for those who have a scheduler. All
   * durations go by the moments that are handed in.
   *
   * @return what changed
   * @throws IllegalStateException if it is started or closed
   * @throws IllegalArgumentException if {@code at} is before the moment handed in before
   */
  public List<AlertTransition> evaluate(Instant at) {
    return runner.evaluate(Objects.requireNonNull(at, "at"));
  }

  /**
   * Keeps alerts with these labels from being told of, for so long.
   *
   * @param labels see {@link Silence#labels}
   * @return what to end it by
   */
  public Silence silence(Map<String, String> labels, Duration duration, String reason) {
    Require.positive("duration", duration);
    Silence silence =
        new Silence(UUID.randomUUID().toString(), labels, clock.instant().plus(duration), reason);
    runner.silence(silence, duration);
    return silence;
  }

  /** Silences everything while a deployment is under way. */
  public Silence deploying(Duration duration) {
    return silence(Map.of(), duration, "deploying");
  }

  /** Ends a silence early; answers whether there was one. */
  public boolean endSilence(String id) {
    return runner.endSilence(id);
  }

  /** All rules and where they stand. */
  public AlertsView view() {
    return runner.view();
  }

  @Override
  public void close() {
    runner.close();
  }
}
