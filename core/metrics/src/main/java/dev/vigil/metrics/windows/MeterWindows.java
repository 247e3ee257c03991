package dev.vigil.metrics.windows;

import dev.vigil.core.Finding;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Windows over the meters of a Micrometer registry: rates, averages, percentiles of the last
 * minutes, from one snapshot an evaluation.
 *
 * <pre>{@code
 * try (MeterWindows windows = MeterWindows.on(registry).percentiles(Set.of("db.query")).build()) {
 *   Selection queries = windows.select("db.query", List.of(TagMatcher.equal("pool", "main")));
 *   Series first = queries.series().get(0);
 *   Reading p95 = first.window(WindowFunction.P95, Duration.ofMinutes(5));
 *   windows.snapshot(); // every 15 s
 *   double seconds = p95.value();
 * }
 * }</pre>
 *
 * <p><b>Where meters are read.</b> In the registry itself, if its counts never fall back to zero
 * (Prometheus's, the simple one, Dropwizard's); in a member of it that is such a one, if it is
 * composite. Then nothing changes for the application: {@code counter.increment()} costs what it
 * has cost. Only where a composite registry has no such member, or percentiles are asked for that
 * its members cannot answer, a registry of ours joins it.
 *
 * <p><b>Meters that misbehave.</b> Gauges and other functions of the application are called on a
 * daemon thread {@code vigil-meters-n}, while the evaluator waits. One that throws is missing, and
 * is told of once. One that does not return is left with that thread, bridged by its last value for
 * an interval, and {@link Series#blocked blocked} from then on; all others are read as ever.
 *
 * <p>{@link #snapshot}, {@link #select} and all that comes of it are for one thread at a time, the
 * evaluator's; everything else is thread-safe. A quiet snapshot allocates nothing, except for
 * percentiles in a Prometheus registry, whose buckets can be read no other way.
 */
public final class MeterWindows implements AutoCloseable {

  private final MeterRegistry application;
  private final Source source;
  private final Ticker ticker;
  private final Duration interval;
  private final Problems problems = new Problems();
  private final DeniedMeters denied;
  private final Set<String> percentiles = ConcurrentHashMap.newKeySet();
  private final Arrivals arrivals;
  private final Snapshots snapshots;
  private final GuardedReads reads;
  private final Roster roster;

  private MeterWindows(Builder builder) {
    application = builder.registry;
    ticker = builder.ticker;
    interval = builder.interval;
    source = Source.in(application, !builder.percentiles.isEmpty());
    denied = DeniedMeters.in(application);
    long nanos = interval.toNanos();
    snapshots =
        new Snapshots(
            ticker.read(),
            nanos,
            builder.longestWindow.toNanos(),
            new BucketAccess(source, problems));
    reads = new GuardedReads(ticker, nanos, problems);
    arrivals = Arrivals.listeningTo(source.registry());
    roster = new Roster(source, arrivals, snapshots, reads, problems);
    if (source.buckets() && source.joined() == null && !builder.percentiles.isEmpty()) {
      source.registry().config().meterFilter(new PercentileFilter(percentiles));
    }
    percentiles(builder.percentiles);
  }

  /** Starts to set up windows over the meters of {@code registry}. */
  public static Builder on(MeterRegistry registry) {
    return new Builder(Objects.requireNonNull(registry, "registry"));
  }

  /** The evaluation interval that was set. */
  public Duration interval() {
    return interval;
  }

  /**
   * Reads every selected meter once, and takes note of meters that came or went. To be called once
   * an interval; a snapshot that comes sooner takes the place of the one before.
   *
   * @return how long nobody looked, in nanoseconds: zero, unless more than three intervals have
   *     passed since the snapshot before. Windows count neither such a gap nor growth within it
   */
  public long snapshot() {
    roster.follow();
    long now = ticker.read();
    long gap = snapshots.begin(now);
    reads.read(now);
    for (Series series : roster.all()) {
      sample(series, gap > 0);
    }
    reads.readApart();
    return gap;
  }

  private void sample(Series series, boolean gap) {
    ForeignMeter foreign = series.foreign();
    if (foreign == null) {
      sampleNow(series, gap);
    } else if (foreign.fresh()) {
      series.take(foreign.value(), foreign.amount(), gap);
    } else if (foreign.blocked()) {
      series.take(Double.NaN, Double.NaN, gap);
    } else {
      series.takeAgain(gap);
    }
  }

  private void sampleNow(Series series, boolean gap) {
    boolean fell = false;
    try {
      fell = series.sampleNow(gap);
    } catch (RuntimeException broken) { // a meter that the application has made itself
      series.take(Double.NaN, Double.NaN, gap);
      problems.tell(
          "meter " + series,
          "missing, since reading it throws " + broken.getClass().getName(),
          "have it answer whenever it is asked");
    }
    if (fell) {
      problems.tell(
          "meter " + series,
          "has fallen, which counts as a reset",
          "use a gauge for what goes up and down");
    }
  }

  /**
   * Changes whenever a snapshot, or a call of {@link #select}, finds that a selection has gained or
   * lost a series.
   */
  public long generation() {
    return roster.generation();
  }

  /** Selects the meters of one name whose tags match all of the matchers. */
  public Selection select(String name, Collection<TagMatcher> matchers) {
    return roster.add(Objects.requireNonNull(name, "name"), matchers);
  }

  /** Selects all meters of one name. */
  public Selection select(String name) {
    return select(name, List.of());
  }

  /**
   * Says that somebody asks for percentiles of the meters with these names, so that buckets are
   * kept from now on. Where a registry of ours has joined, all of them have buckets at once; in a
   * Prometheus registry those that are registered from now on, provided that {@link
   * Builder#percentiles} has named at least one meter. Meters that have none are told of in a WARN
   * line.
   */
  public void percentiles(Collection<String> names) {
    percentiles.addAll(names);
    if (source.joined() != null) {
      source.joined().bucket(names);
    }
    BucketAccess access = snapshots.access();
    source.registry().getMeters().stream()
        .filter(meter -> names.contains(meter.getId().getName()))
        .filter(meter -> MeterReader.of(meter).buckets())
        .forEach(access::buckets);
  }

  /**
   * Checks a window before any series exists.
   *
   * @throws IllegalArgumentException if the window is shorter than the interval, or longer,
   *     together with the offset, than the longest window
   */
  public void checkWindow(Duration window, Duration offset) {
    snapshots.slots(window, offset);
  }

  /** The names of all meters that there are now, sorted. Walks the registry. */
  public Set<String> names() {
    return source.registry().getMeters().stream()
        .map(meter -> meter.getId().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is known of the meters of one name; empty where there are none. Walks the registry. */
  public Optional<MeterInfo> describe(String name) {
    Collection<Meter> meters = Arrivals.named(name, source.registry());
    if (meters.isEmpty()) {
      return Optional.empty();
    }
    Set<MeterKind> kinds = EnumSet.noneOf(MeterKind.class);
    Set<String> tags = new TreeSet<>();
    String unit = "";
    for (Meter meter : meters) {
      kinds.add(MeterReader.of(meter).kind());
      meter.getId().getTags().stream().map(Tag::getKey).forEach(tags::add);
      unit = MeterUnit.of(meter).name();
    }
    return Optional.of(new MeterInfo(name, kinds, unit, tags, meters.size()));
  }

  /**
   * Whether a meter of this name has been asked for, and none was registered under it: a filter has
   * denied or renamed it, so that it will never be seen. Known only where this was built before the
   * registry had any meter.
   */
  public boolean denied(String name) {
    return denied.contains(name);
  }

  /** What keeps meters from being read as asked, as of now. */
  public List<Finding> audit() {
    return problems.all();
  }

  /**
   * Leaves the registry and ends the reading thread, if it does not hang in a meter: then it ends
   * when that returns. Readings are missing afterwards, or stay as they were. Idempotent.
   */
  @Override
  public void close() {
    arrivals.close();
    reads.close();
    source.leave(application);
  }

  /** Settings of {@link MeterWindows}. Not thread-safe. */
  public static final class Builder {

    private final MeterRegistry registry;
    private Ticker ticker = Ticker.system();
    private Duration interval = Duration.ofSeconds(15);
    private Duration longestWindow = Duration.ofHours(1);
    private Set<String> percentiles = Collections.emptySet();

    private Builder(MeterRegistry registry) {
      this.registry = registry;
    }

    /** The clock of the windows; the system's by default. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * How often {@link #snapshot} will be called; 15 s by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder interval(Duration interval) {
      this.interval = Require.positive("interval", interval);
      return this;
    }

    /**
     * The longest window, its offset included; one hour by default. Costs nothing until somebody
     * asks for such a window: then eight bytes an interval and series, four a bucket.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder longestWindow(Duration longestWindow) {
      this.longestWindow = Require.positive("longestWindow", longestWindow);
      return this;
    }

    /** The names of the meters that somebody wants percentiles of; none by default. */
    public Builder percentiles(Collection<String> names) {
      this.percentiles = Set.copyOf(names);
      return this;
    }

    /**
     * Finds out where to read, and joins the registry if it has to.
     *
     * @throws IllegalArgumentException if the registry is not composite, and not known to keep
     *     counts that never fall back to zero; or if the longest window is shorter than the
     *     interval
     */
    public MeterWindows build() {
      if (longestWindow.compareTo(interval) < 0) {
        throw new IllegalArgumentException(
            "longestWindow must be at least the interval, "
                + interval
                + ", but was "
                + longestWindow);
      }
      return new MeterWindows(this);
    }
  }
}
