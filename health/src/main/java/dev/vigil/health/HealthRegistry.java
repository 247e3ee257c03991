package dev.vigil.health;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Finding;
import dev.vigil.core.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** SKELETON: signatures only; the engine is being written. */
@SuppressWarnings("DoNotCallSuggester")
public final class HealthRegistry implements AutoCloseable {

  private HealthRegistry() {}

  public static Builder builder() {
    return new Builder();
  }

  public HealthReport check() {
    throw new UnsupportedOperationException();
  }

  public HealthReport check(HealthGroup group) {
    throw new UnsupportedOperationException();
  }

  /**
   * Unknown group or names in only/excluded: IllegalArgumentException (callers ask knows(..)
   * first).
   */
  public HealthReport check(HealthQuery query) {
    throw new UnsupportedOperationException();
  }

  public CompletableFuture<HealthReport> checkAsync() {
    throw new UnsupportedOperationException();
  }

  public CompletableFuture<HealthReport> checkAsync(HealthQuery query) {
    throw new UnsupportedOperationException();
  }

  public void register(String name, HealthCheck check, Consumer<CheckOptions> options) {
    throw new UnsupportedOperationException();
  }

  public void register(String name, HealthCheck check) {
    throw new UnsupportedOperationException();
  }

  public void registerAsync(String name, AsyncHealthCheck check, Consumer<CheckOptions> options) {
    throw new UnsupportedOperationException();
  }

  public boolean unregister(String name) {
    throw new UnsupportedOperationException();
  }

  /** Names of the registered checks, in order. Does not hold the built-in "lifecycle". */
  public Set<String> names() {
    throw new UnsupportedOperationException();
  }

  /** LIVENESS, READINESS, STARTUP always, and every group that a registered check is in. */
  public Set<HealthGroup> groups() {
    throw new UnsupportedOperationException();
  }

  /** Tags in use. */
  public Set<String> tags() {
    throw new UnsupportedOperationException();
  }

  public void addListener(HealthListener listener) {
    throw new UnsupportedOperationException();
  }

  /** Last changes of a check, oldest first, at most 20. */
  public List<HealthChange> history(String name) {
    throw new UnsupportedOperationException();
  }

  public void started() {
    throw new UnsupportedOperationException();
  }

  public void drain(String reason) {
    throw new UnsupportedOperationException();
  }

  public void maintenance(boolean on, String reason) {
    throw new UnsupportedOperationException();
  }

  public List<Finding> audit() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  public static final class Builder {
    public Builder check(String name, HealthCheck check) {
      return this;
    }

    public Builder check(String name, HealthCheck check, Consumer<CheckOptions> options) {
      return this;
    }

    public Builder asyncCheck(String name, AsyncHealthCheck check) {
      return this;
    }

    public Builder asyncCheck(String name, AsyncHealthCheck check, Consumer<CheckOptions> options) {
      return this;
    }

    public Builder defaultTimeout(Duration limit) {
      return this;
    }

    public Builder responseDeadline(Duration limit) {
      return this;
    }

    public Builder responseDeadline(HealthGroup group, Duration limit) {
      return this;
    }

    public Builder lastResultStandsFor(Duration age) {
      return this;
    }

    public Builder version(String version) {
      return this;
    }

    public Builder listener(HealthListener listener) {
      return this;
    }

    public Builder executor(Executor executor) {
      return this;
    }

    public Builder errorReporter(ErrorReporter reporter) {
      return this;
    }

    public Builder time(Ticker ticker, InstantSource wallClock) {
      return this;
    }

    public HealthRegistry build() {
      return new HealthRegistry();
    }
  }
}
