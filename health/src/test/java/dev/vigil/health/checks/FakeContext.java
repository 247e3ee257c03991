package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run whose time left is what a test says, and which ends when the test says so. */
public final class FakeContext implements CheckContext {

  private final Duration remaining;
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;

  private FakeContext(Duration remaining) {
    this.remaining = remaining;
  }

  public static FakeContext within(Duration remaining) {
    return new FakeContext(remaining);
  }

  public static FakeContext tenSeconds() {
    return within(Duration.ofSeconds(10));
  }

  public void cancel() {
    cancelled = true;
    actions.forEach(Runnable::run);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Duration remaining() {
    return remaining;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public Optional<HealthResult> previous() {
    return Optional.empty();
  }

  @Override
  public void onCancel(Runnable action) {
    actions.add(action);
  }
}
