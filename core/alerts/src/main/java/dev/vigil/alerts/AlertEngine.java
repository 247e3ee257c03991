package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Finding;
import dev.vigil.core.Redactor;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.metrics.windows.MeterWindows;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates alert rules over the meters of a registry, and tells channels of what fires and what is
 * over.
 *
 * <p>One daemon thread evaluates all rules at every interval (15 s). Neither a receiver nor a
 * listener nor a disk delays it: each has a thread of its own, and bounded queues. A rule that
 * throws, and one whose gauge does not return, is in {@link AlertState#ERROR}, and the others go
 * on. An evaluation that takes longer than the interval costs the slots that it covers, which are
 * counted and said. After more than three intervals without an evaluation (a suspended machine) the
 * first one fires and resolves nothing, and the gap counts for nothing.
 *
 * <p>A process that is dead sends no alert: give it a {@link Watchdog}, or alert on Prometheus's
 * {@code up}.
 *
 * <pre>{@code
 * AlertEngine engine =
 *     AlertEngine.builder(registry)
 *         .channel("slack", slack)
 *         .rule(AlertRule.builder("high-error-rate").when("error_rate > 5%")
 *             .forAtLeast(Duration.ofMinutes(5)).severity(Severity.CRITICAL).to("slack").build())
 *         .stateFile(Path.of("alerts.state.json"))
 *         .watchdog(Watchdog.posting(url))
 *         .build()
 *         .start();
 * }</pre>
 *
 * <p>Thread-safe. One per application, closed with it.
 */
public final class AlertEngine implements AutoCloseable {

  private final RuleRunner runner;
  private final EngineClock clock;
  private final MeterWindows windows;
  private final Outbox outbox;
  private final RuleBinder binder;
  private final Definitions definitions;
  private final boolean watched;
  private final boolean keepsState;
  private final MeterRegistry registry;
  private @Nullable HeapAfterCollection heap; // guarded by this
  private volatile List<AlertRule> rules;

  private AlertEngine(Builder builder) {
    rules = List.copyOf(builder.rules.values());
    definitions = builder.definitions;
    registry = builder.registry;
    watched = builder.watchdog != null;
    keepsState = builder.stateFile != null;
    clock = new EngineClock(builder.ticker, builder.clock);
    Silences silences = new Silences();
    windows = builder.windows(clock);
    binder = new RuleBinder(definitions, windows, builder.channels.keySet());
    outbox =
        Outbox.builder(builder.channels, builder.registry)
            .repeat(builder.repeatEvery)
            .muted(silences::silenced)
            .errorReporter(builder.errors)
            .ticker(builder.ticker)
            .clock(clock)
            .claim(builder.claim)
            .build();
    try {
      binder.check(rules);
      lookAt(RuleBinder.reach(rules, definitions));
      runner =
          new RuleRunner(
              builder.parts(windows::snapshot, silences, outbox), clock, binder.bind(rules));
    } catch (RuntimeException refused) {
      outbox.close();
      lookAway();
      throw refused;
    }
  }

  /** Has the registry measure what only rules need. */
  private synchronized void lookAt(List<Reach> reach) {
    windows.percentiles(Reach.percentiles(reach));
    if (heap == null && Reach.anyTo(reach, HeapAfterCollection.METER)) {
      heap = HeapAfterCollection.bindTo(registry);
    }
  }

  /**
   * Begins an engine over the meters of {@code registry}.
   *
   * @param registry one whose counts never fall back to zero (Prometheus's, the simple one), or a
   *     composite, which also has percentiles for every rule
   */
  public static Builder builder(MeterRegistry registry) {
    return new Builder(Objects.requireNonNull(registry, "registry"));
  }

  /**
   * Begins an engine with what a file says: rules, definitions, channels and interval.
   *
   * <pre>{@code
   * AlertEngine.fromYaml(AlertsFile.read(Path.of("alerts.yml")), registry, Notifiers::of).build()
   * }</pre>
   *
   * @param notifiers makes a channel of its settings
   * @throws IllegalArgumentException if a channel's settings are not usable
   */
  public static Builder fromYaml(
      AlertsFile file, MeterRegistry registry, Function<ChannelSettings, Notifier> notifiers) {
    Builder builder = builder(registry).definitions(file.definitions()).rules(file.rules());
    file.interval().ifPresent(builder::interval);
    file.channels().forEach((name, settings) -> builder.channel(name, notifiers.apply(settings)));
    return builder;
  }

  /**
   * Evaluates at every interval from now on.
   *
   * @return this
   * @throws IllegalStateException if it is started, closed, or was evaluated by hand
   */
  public AlertEngine start() {
    runner.start();
    return this;
  }

  /**
   * Evaluates once, at a moment of the caller's: for tests, and for those who have a scheduler. All
   * durations and windows go by the moments that are handed in.
   *
   * @return what changed, in the order of the rules
   * @throws IllegalStateException if it is started or closed
   * @throws IllegalArgumentException if {@code at} is before the moment handed in before
   */
  public List<AlertTransition> evaluate(Instant at) {
    return runner.evaluate(Objects.requireNonNull(at, "at"));
  }

  /**
   * Has other rules from the next evaluation on. A rule of the same name whose condition is the
   * same keeps its states, whatever became of its texts and channels; a longer duration may send
   * firing back to pending; another condition begins anew. What fired and is watched no more is
   * told as over.
   *
   * @throws IllegalArgumentException if two have one name, one names a channel that there is not,
   *     or a condition's definitions go in a circle, or a window is shorter than the interval; the
   *     rules stay as they are then
   */
  public void reload(Collection<AlertRule> rules) {
    List<AlertRule> next = List.copyOf(Builder.byName(rules).values());
    binder.check(next);
    lookAt(RuleBinder.reach(next, definitions));
    runner.reload(() -> binder.bind(next));
    this.rules = next;
  }

  /**
   * Keeps alerts with these labels from being told of.
   *
   * @param labels what an alert's labels have to be, see {@link Silence}
   * @param duration for how long, by the monotonic clock
   * @param reason why, for people
   * @throws IllegalStateException if there are 1,000 silences already
   */
  public Silence silence(Map<String, String> labels, Duration duration, String reason) {
    Require.positive("duration", duration);
    Objects.requireNonNull(reason, "reason");
    Silence silence =
        new Silence(UUID.randomUUID().toString(), labels, clock.instant().plus(duration), reason);
    runner.silence(silence, duration);
    return silence;
  }

  /** Silences everything while a deployment is under way. */
  public Silence deploying(Duration duration) {
    return silence(Map.of(), duration, "deploying");
  }

  /** Ends a silence at the next evaluation; answers whether there was one with this id. */
  public boolean endSilence(String id) {
    return runner.endSilence(Objects.requireNonNull(id, "id"));
  }

  /** All rules and where they stand; as of the evaluation before, where one takes long. */
  public AlertsView view() {
    return runner.view();
  }

  /**
   * Sends one marked message to each channel and waits for the outcomes: 21 seconds at most.
   *
   * @return one outcome for each channel
   */
  public List<ChannelOutcome> testChannels() {
    return outbox.test();
  }

  /** What will hurt in a foreseeable case, as the rules and meters are now. */
  public List<Finding> audit() {
    List<Finding> findings =
        new ArrayList<>(EngineAudit.of(rules, outbox.channels(), watched, keepsState));
    findings.addAll(windows.audit());
    return List.copyOf(findings);
  }

  /**
   * Stops evaluating, sends what waits (3 s at most), and writes the state file. Incidents stay
   * open unless {@link Builder#resolveOnShutdown} says otherwise. Idempotent.
   */
  @Override
  public void close() {
    runner.close();
    lookAway();
  }

  private synchronized void lookAway() {
    windows.close();
    if (heap != null) {
      heap.close();
    }
  }

  /** Collects settings. Not thread-safe; can be used again after {@link #build}. */
  public static final class Builder {

    private final MeterRegistry registry;
    private final Map<String, AlertRule> rules = new LinkedHashMap<>();
    private final Map<String, Notifier> channels = new LinkedHashMap<>();
    private final List<AlertListener> listeners = new ArrayList<>();
    private Definitions definitions = Definitions.builtIn();
    private Duration interval = Duration.ofSeconds(15);
    private Duration repeatEvery = Duration.ofHours(4);
    private Redactor redactor = Redactor.standard();
    private ErrorReporter errors = ErrorReporter.logging();
    private Ticker ticker = Ticker.system();
    private InstantSource clock = InstantSource.system();
    private boolean resolveOnShutdown;
    private @Nullable Path stateFile;
    private @Nullable Watchdog watchdog;
    private @Nullable NotificationClaim claim;

    private Builder(MeterRegistry registry) {
      this.registry = registry;
    }

    /**
     * Adds a rule.
     *
     * @throws IllegalArgumentException if there is one of its name
     */
    public Builder rule(AlertRule rule) {
      add(rules, rule);
      return this;
    }

    /** Adds rules, as {@link #rule} does. */
    public Builder rules(Collection<AlertRule> more) {
      more.forEach(this::rule);
      return this;
    }

    private static Map<String, AlertRule> byName(Collection<AlertRule> rules) {
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
    public Builder definitions(Definitions definitions) {
      this.definitions = Objects.requireNonNull(definitions, "definitions");
      return this;
    }

    /** Adds a definition, see {@link Definitions#with}. */
    public Builder define(String name, String expression) {
      definitions = definitions.with(name, expression);
      return this;
    }

    /** Adds a channel, or takes another notifier for it; closed with the engine. */
    public Builder channel(String name, Notifier notifier) {
      channels.put(
          Objects.requireNonNull(name, "name"), Objects.requireNonNull(notifier, "notifier"));
      return this;
    }

    /** Adds someone who hears of every change of state. */
    public Builder listener(AlertListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** How often rules are evaluated; 15 s by default. */
    public Builder interval(Duration interval) {
      this.interval = Require.positive("interval", interval);
      return this;
    }

    /** After which time channels are told again of what still fires; 4 h by default. */
    public Builder repeatEvery(Duration repeatEvery) {
      this.repeatEvery = Require.positive("repeatEvery", repeatEvery);
      return this;
    }

    /**
     * Keeps states over a restart; none by default. Its directory has to exist; beside it are made
     * {@code <name>.lock} and for moments {@code <name>.tmp}. One process at a time.
     */
    public Builder stateFile(Path stateFile) {
      this.stateFile = Objects.requireNonNull(stateFile, "stateFile");
      return this;
    }

    /** Tells somebody outside that alerts work; nobody by default. */
    public Builder watchdog(Watchdog watchdog) {
      this.watchdog = Objects.requireNonNull(watchdog, "watchdog");
      return this;
    }

    /** Has the replicas of a service speak with one voice, where no Alertmanager does that. */
    public Builder claim(NotificationClaim claim) {
      this.claim = Objects.requireNonNull(claim, "claim");
      return this;
    }

    /** Whether closing tells channels that what fires is over; false by default. */
    public Builder resolveOnShutdown(boolean resolveOnShutdown) {
      this.resolveOnShutdown = resolveOnShutdown;
      return this;
    }

    /** Hides secrets in alerts' texts; {@link Redactor#standard()} by default. */
    public Builder redactor(Redactor redactor) {
      this.redactor = Objects.requireNonNull(redactor, "redactor");
      return this;
    }

    /** Where failures in the background go; the log by default. */
    public Builder errorReporter(ErrorReporter errors) {
      this.errors = Objects.requireNonNull(errors, "errors");
      return this;
    }

    /** The clock that durations go by. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /** The calendar that alerts show. */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * The engine, which joins the registry and locks its state file; nothing is evaluated yet.
     *
     * @throws IllegalArgumentException if a rule names a channel that there is not, its definitions
     *     go in a circle, the registry's meters cannot be watched, or the state file's directory is
     *     not there
     * @throws IllegalStateException if another process has the state file
     */
    public AlertEngine build() {
      return new AlertEngine(this);
    }

    private MeterWindows windows(Ticker by) {
      return MeterWindows.on(registry)
          .interval(interval)
          .ticker(by)
          .percentiles(Reach.percentiles(RuleBinder.reach(rules.values(), definitions)))
          .build();
    }

    private EngineParts parts(Runnable snapshot, Silences silences, AlertSink sink) {
      return new EngineParts(
          interval,
          snapshot,
          registry,
          listeners,
          silences,
          sink,
          java.util.Set.copyOf(channels.keySet()),
          redactor,
          errors,
          stateFile,
          watchdog,
          resolveOnShutdown);
    }
  }
}
