package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.core.Finding;
import dev.vigil.core.internal.Require;
import dev.vigil.metrics.windows.MeterWindows;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
  private final boolean watched;
  private final boolean keepsState;
  private final boolean strict;
  private final MeterRegistry registry;
  private @Nullable HeapAfterCollection heap; // guarded by this
  private volatile RuleBinder binder;
  private volatile List<AlertRule> rules;

  AlertEngine(AlertEngineBuilder builder) {
    rules = List.copyOf(builder.rules.values());
    registry = builder.registry;
    watched = builder.watchdog != null;
    strict = builder.strict;
    keepsState = builder.stateFile != null;
    clock = new EngineClock(builder.ticker, builder.clock);
    Silences silences = new Silences();
    windows = builder.windows(clock);
    binder = new RuleBinder(builder.definitions, windows, builder.channels.keySet());
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
      lookAt(RuleBinder.trees(rules, builder.definitions));
      if (strict) {
        refuse(binder.audit(rules, true));
      }
      runner =
          new RuleRunner(
              builder.parts(windows::snapshot, silences, outbox), clock, binder.bind(rules));
    } catch (RuntimeException refused) {
      outbox.close();
      lookAway();
      throw refused;
    }
  }

  private static void refuse(List<Finding> findings) {
    List<String> errors =
        findings.stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .map(Finding::toString)
            .toList();
    if (!errors.isEmpty()) {
      throw new InvalidAlertsException(errors);
    }
  }

  private static boolean readsHeap(Expr tree) {
    return MeterUse.in(tree).stream()
        .anyMatch(use -> use.meter().name().equals(HeapAfterCollection.METER));
  }

  /** Has the registry measure what only rules need. */
  private synchronized void lookAt(List<Expr> trees) {
    windows.percentiles(MeterUse.percentiles(trees));
    if (heap == null && trees.stream().anyMatch(AlertEngine::readsHeap)) {
      heap = HeapAfterCollection.bindTo(registry);
    }
  }

  /**
   * Begins an engine over the meters of {@code registry}.
   *
   * @param registry one whose counts never fall back to zero (Prometheus's, the simple one), or a
   *     composite, which also has percentiles for every rule
   */
  public static AlertEngineBuilder builder(MeterRegistry registry) {
    return new AlertEngineBuilder(Objects.requireNonNull(registry, "registry"));
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
  public static AlertEngineBuilder fromYaml(
      AlertsFile file, MeterRegistry registry, Function<ChannelSettings, Notifier> notifiers) {
    AlertEngineBuilder builder =
        builder(registry).definitions(file.definitions()).rules(file.rules());
    file.interval().ifPresent(builder::interval);
    file.channels().forEach((name, settings) -> builder.channel(name, notifiers.apply(settings)));
    return builder;
  }

  /**
   * Evaluates at every interval from now on. What the meters tell of the rules is logged: one that
   * is not there yet, a counter whose increase is meant.
   *
   * @return this
   * @throws IllegalStateException if it is started, closed, or was evaluated by hand
   */
  public AlertEngine start() {
    StartLines.write(runner.between(() -> binder.audit(rules, strict)));
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
    reload(rules, binder.definitions());
  }

  /** The same with other definitions; a rule whose definitions changed begins anew. */
  public void reload(Collection<AlertRule> rules, Definitions definitions) {
    List<AlertRule> next = List.copyOf(AlertEngineBuilder.byName(rules).values());
    RuleBinder nextBinder = new RuleBinder(definitions, windows, outbox.channels());
    nextBinder.check(next);
    lookAt(RuleBinder.trees(next, definitions));
    runner.reload(() -> nextBinder.bind(next));
    this.binder = nextBinder;
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
    List<AlertRule> now = rules;
    List<Finding> findings =
        new ArrayList<>(EngineAudit.of(now, outbox.channels(), watched, keepsState));
    findings.addAll(runner.between(() -> binder.audit(now, strict)));
    findings.addAll(windows.audit());
    return List.copyOf(findings);
  }

  /**
   * Stops evaluating, sends what waits (3 s at most), and writes the state file. Incidents stay
   * open unless {@link AlertEngineBuilder#resolveOnShutdown} says otherwise. Idempotent.
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
}
