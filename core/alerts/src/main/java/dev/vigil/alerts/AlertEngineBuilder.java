package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Redactor;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.metrics.windows.MeterWindows;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of an {@link AlertEngine}. Not thread-safe; can be used again after {@link #build}. */
public final class AlertEngineBuilder {

  final MeterRegistry registry;
  final Map<String, AlertRule> rules = new LinkedHashMap<>();
  final Map<String, Notifier> channels = new LinkedHashMap<>();
  final List<AlertListener> listeners = new ArrayList<>();
  Definitions definitions = Definitions.builtIn();
  Duration interval = Duration.ofSeconds(15);
  Duration repeatEvery = Duration.ofHours(4);
  Redactor redactor = Redactor.standard();
  ErrorReporter errors = ErrorReporter.logging();
  Ticker ticker = Ticker.system();
  InstantSource clock = InstantSource.system();
  Duration longestWindow = Duration.ofHours(1);
  boolean strict;
  boolean resolveOnShutdown;
  @Nullable Path stateFile;
  @Nullable Watchdog watchdog;
  @Nullable NotificationClaim claim;

  AlertEngineBuilder(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Adds a rule.
   *
   * @throws IllegalArgumentException if there is one of its name
   */
  public AlertEngineBuilder rule(AlertRule rule) {
    add(rules, rule);
    return this;
  }

  /** Adds rules, as {@link #rule} does. */
  public AlertEngineBuilder rules(Collection<AlertRule> more) {
    more.forEach(this::rule);
    return this;
  }

  static Map<String, AlertRule> byName(Collection<AlertRule> rules) {
    Map<String, AlertRule> byName = new LinkedHashMap<>();
    rules.forEach(rule -> add(byName, rule));
    return byName;
  }

  private static void add(Map<String, AlertRule> rules, AlertRule rule) {
    if (rules.putIfAbsent(rule.name(), rule) != null) {
      throw new IllegalArgumentException(
          "there are two rules \"" + rule.name() + "\"; names must be unique");
    }
  }

  /** Takes other definitions than the built-in ones. */
  public AlertEngineBuilder definitions(Definitions definitions) {
    this.definitions = Objects.requireNonNull(definitions, "definitions");
    return this;
  }

  /** Adds a definition, see {@link Definitions#with}. */
  public AlertEngineBuilder define(String name, String expression) {
    definitions = definitions.with(name, expression);
    return this;
  }

  /** Adds a channel, or takes another notifier for it; closed with the engine. */
  public AlertEngineBuilder channel(String name, Notifier notifier) {
    channels.put(
        Objects.requireNonNull(name, "name"), Objects.requireNonNull(notifier, "notifier"));
    return this;
  }

  /** Adds someone who hears of every change of state. */
  public AlertEngineBuilder listener(AlertListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Whether {@link #build} refuses rules whose meters are not there yet, or are not of a kind that
   * they can use; false by default, since meters appear late.
   */
  public AlertEngineBuilder strict(boolean strict) {
    this.strict = strict;
    return this;
  }

  /** The longest window of a rule, its offset included; one hour by default. */
  public AlertEngineBuilder longestWindow(Duration longestWindow) {
    this.longestWindow = Require.positive("longestWindow", longestWindow);
    return this;
  }

  /** How often rules are evaluated; 15 s by default. */
  public AlertEngineBuilder interval(Duration interval) {
    this.interval = Require.positive("interval", interval);
    return this;
  }

  /** After which time channels are told again of what still fires; 4 h by default. */
  public AlertEngineBuilder repeatEvery(Duration repeatEvery) {
    this.repeatEvery = Require.positive("repeatEvery", repeatEvery);
    return this;
  }

  /**
   * Keeps states over a restart; none by default. Its directory has to exist; beside it are made
   * {@code <name>.lock} and for moments {@code <name>.tmp}. One process at a time.
   */
  public AlertEngineBuilder stateFile(Path stateFile) {
    this.stateFile = Objects.requireNonNull(stateFile, "stateFile");
    return this;
  }

  /** Tells somebody outside that alerts work; nobody by default. */
  public AlertEngineBuilder watchdog(Watchdog watchdog) {
    this.watchdog = Objects.requireNonNull(watchdog, "watchdog");
    return this;
  }

  /** Has the replicas of a service speak with one voice, where no Alertmanager does that. */
  public AlertEngineBuilder claim(NotificationClaim claim) {
    this.claim = Objects.requireNonNull(claim, "claim");
    return this;
  }

  /** Whether closing tells channels that what fires is over; false by default. */
  public AlertEngineBuilder resolveOnShutdown(boolean resolveOnShutdown) {
    this.resolveOnShutdown = resolveOnShutdown;
    return this;
  }

  /** Hides secrets in alerts' texts; {@link Redactor#standard()} by default. */
  public AlertEngineBuilder redactor(Redactor redactor) {
    this.redactor = Objects.requireNonNull(redactor, "redactor");
    return this;
  }

  /** Where failures in the background go; the log by default. */
  public AlertEngineBuilder errorReporter(ErrorReporter errors) {
    this.errors = Objects.requireNonNull(errors, "errors");
    return this;
  }

  /** The clock that durations go by. */
  public AlertEngineBuilder ticker(Ticker ticker) {
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    return this;
  }

  /** The calendar that alerts show. */
  public AlertEngineBuilder clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * The engine, which joins the registry and locks its state file; nothing is evaluated yet.
   *
   * @throws IllegalArgumentException if a rule names a channel that there is not, its definitions
   *     go in a circle, it is refused as {@link #strict}, the registry's meters cannot be watched,
   *     or the state file's directory is not there
   * @throws IllegalStateException if another process has the state file
   */
  public AlertEngine build() {
    return new AlertEngine(this);
  }

  MeterWindows windows(Ticker by) {
    return MeterWindows.on(registry)
        .interval(interval)
        .longestWindow(longestWindow)
        .ticker(by)
        .percentiles(MeterUse.percentiles(RuleBinder.trees(rules.values(), definitions)))
        .build();
  }

  EngineParts parts(Runnable snapshot, Silences silences, AlertSink sink) {
    return new EngineParts(
        interval,
        snapshot,
        registry,
        listeners,
        silences,
        sink,
        Set.copyOf(channels.keySet()),
        redactor,
        errors,
        stateFile,
        watchdog,
        resolveOnShutdown);
  }
}
