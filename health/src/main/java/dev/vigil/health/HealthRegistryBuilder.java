package dev.vigil.health;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Collects checks and settings. Not thread-safe; {@link #build} may be called more than once. */
public final class HealthRegistryBuilder {

  private final Map<String, Registration> registrations = new LinkedHashMap<>();
  private final List<HealthListener> listeners = new ArrayList<>();
  final Map<HealthGroup, Long> groupDeadlines = new HashMap<>();
  Duration defaultTimeout = CheckOptions.DEFAULT_TIMEOUT;
  Duration lastResultStands = Duration.ofSeconds(30);
  @Nullable Long wholeDeadline;
  @Nullable String version;
  @Nullable Executor executor;
  ErrorReporter reporter = ErrorReporter.logging();
  Ticker ticker = Ticker.system();
  InstantSource wallClock = InstantSource.system();
  DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();

  HealthRegistryBuilder() {}

  /**
   * Adds a check with default options.
   *
   * @param name 1 to 100 letters, digits, {@code . _ : -}; unique
   * @return this
   * @throws IllegalArgumentException if the name is taken or does not fit
   */
  public HealthRegistryBuilder check(String name, HealthCheck check) {
    return check(name, check, options -> {});
  }

  /**
   * Adds a check.
   *
   * @param name 1 to 100 letters, digits, {@code . _ : -}; unique
   * @param options called at {@link #build}
   * @return this
   * @throws IllegalArgumentException if the name is taken or does not fit
   */
  public HealthRegistryBuilder check(
      String name, HealthCheck check, Consumer<CheckOptions> options) {
    return add(new Registration(name, Objects.requireNonNull(check, "check"), null, options));
  }

  /** Adds an asynchronous check with default options; see {@link #check(String, HealthCheck)}. */
  public HealthRegistryBuilder asyncCheck(String name, AsyncHealthCheck check) {
    return asyncCheck(name, check, options -> {});
  }

  /** Adds an asynchronous check; see {@link #check(String, HealthCheck, Consumer)}. */
  public HealthRegistryBuilder asyncCheck(
      String name, AsyncHealthCheck check, Consumer<CheckOptions> options) {
    return add(new Registration(name, null, Objects.requireNonNull(check, "check"), options));
  }

  private HealthRegistryBuilder add(Registration registration) {
    Registration.requireNew(registration.name(), registrations.keySet());
    registrations.put(registration.name(), registration);
    return this;
  }

  /**
   * The time-out of checks that set none.
   *
   * @param limit positive; 10 s by default
   * @return this
   */
  public HealthRegistryBuilder defaultTimeout(Duration limit) {
    defaultTimeout = Require.positive("defaultTimeout", limit);
    return this;
  }

  /**
   * How long an answer about the whole may take.
   *
   * @param limit positive; the largest time-out and 250 ms by default
   * @return this
   */
  public HealthRegistryBuilder responseDeadline(Duration limit) {
    wholeDeadline = Require.positive("responseDeadline", limit).toNanos();
    return this;
  }

  /**
   * How long an answer about a group may take.
   *
   * @param limit positive; 800 ms by default for liveness, readiness and startup, the largest
   *     time-out and 250 ms for others
   * @return this
   */
  public HealthRegistryBuilder responseDeadline(HealthGroup group, Duration limit) {
    groupDeadlines.put(
        Objects.requireNonNull(group, "group"),
        Require.positive("responseDeadline", limit).toNanos());
    return this;
  }

  /**
   * How old a check's last result may be to stand in, marked stale, for one that has not come by
   * the response deadline.
   *
   * @param age zero or positive; 30 s by default
   * @return this
   */
  public HealthRegistryBuilder lastResultStandsFor(Duration age) {
    lastResultStands = Require.notNegative("lastResultStandsFor", age);
    return this;
  }

  /** The service's version, shown to authorised readers. Returns this. */
  public HealthRegistryBuilder version(String version) {
    this.version = Objects.requireNonNull(version, "version");
    return this;
  }

  /** Adds a listener. Returns this. */
  public HealthRegistryBuilder listener(HealthListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Runs checks on the application's own threads instead of ours. It is never shut down; where it
   * refuses, or has no free thread within a check's time-out, the check fails. It must not run
   * tasks on the caller.
   *
   * @return this
   */
  public HealthRegistryBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /** Where failures of listeners and cancel actions go; the log by default. Returns this. */
  public HealthRegistryBuilder errorReporter(ErrorReporter reporter) {
    this.reporter = Objects.requireNonNull(reporter, "reporter");
    return this;
  }

  /** The clocks, for tests; the system's by default. Returns this. */
  public HealthRegistryBuilder time(Ticker ticker, InstantSource wallClock) {
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    this.wallClock = Objects.requireNonNull(wallClock, "wallClock");
    return this;
  }

  /** The chance that jitter draws from, 0 to 1. */
  HealthRegistryBuilder chance(DoubleSupplier chance) {
    this.chance = chance;
    return this;
  }

  Map<String, CheckSlot> slots(Engine engine) {
    return Registration.slots(registrations, defaultTimeout, engine);
  }

  /**
   * The registry, with its scheduled checks running.
   *
   * @throws IllegalArgumentException if a check's options contradict each other, name a check that
   *     there is not, or make checks depend on each other in a circle
   */
  public HealthRegistry build() {
    HealthRegistry registry = new HealthRegistry(this);
    listeners.forEach(registry::addListener);
    registry.begin();
    return registry;
  }
}
