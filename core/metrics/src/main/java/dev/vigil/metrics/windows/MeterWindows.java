package dev.vigil.metrics.windows;

import dev.vigil.core.Finding;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Windows over the meters of a Micrometer registry: rates, averages, percentiles of the last
 * minutes, from a snapshot at each evaluation.
 */
public final class MeterWindows implements AutoCloseable {

  private final Duration interval;

  private MeterWindows(Builder builder) {
    this.interval = builder.interval;
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
   * an evaluation, by the evaluator's thread.
   *
   * @return how long nobody looked, in nanoseconds: zero, unless more than three intervals have
   *     passed since the snapshot before. Windows do not count such a gap
   */
  public long snapshot() {
    return 0;
  }

  /** Changes whenever a snapshot finds that a selection has gained or lost a series. */
  public long generation() {
    return 0;
  }

  /**
   * Selects the meters of one name whose tags match all of the matchers. To be called by the
   * evaluator's thread, or before it starts.
   */
  public Selection select(String name, Collection<TagMatcher> matchers) {
    return new Selection(name, List.copyOf(matchers));
  }

  /** Selects all meters of one name. */
  public Selection select(String name) {
    return select(name, List.of());
  }

  /**
   * Says that a rule asks for percentiles of the meters with these names, so that buckets are kept
   * from their registration on. In a composite registry this works at any time, for events from
   * then on; otherwise {@link Builder#percentiles} has to name them before they are registered.
   */
  public void percentiles(Collection<String> names) {}

  /**
   * Checks a window before any series exists.
   *
   * @throws IllegalArgumentException if the window is shorter than the interval, or longer,
   *     together with the offset, than the longest window
   */
  public void checkWindow(Duration window, Duration offset) {}

  /** The names of all meters that there are now, sorted; walks the registry. Thread-safe. */
  public Set<String> names() {
    return Set.of();
  }

  /** What is known of the meters of one name; walks the registry. Thread-safe. */
  public Optional<MeterInfo> describe(String name) {
    return Optional.empty();
  }

  /**
   * Whether a meter of this name was asked for, and a filter has denied it: it counts nothing and
   * never will. Known only of what was asked for after the {@link WindowMeterFilter} had been
   * installed. Thread-safe.
   */
  public boolean denied(String name) {
    return false;
  }

  /** What keeps selected meters from being read as asked. Thread-safe. */
  public List<Finding> audit() {
    return List.of();
  }

  /** Leaves the registry and stops the reading thread. Idempotent, thread-safe. */
  @Override
  public void close() {}

  /** Settings of {@link MeterWindows}. Not thread-safe. */
  @SuppressWarnings("UnusedVariable")
  public static final class Builder {

    private final MeterRegistry registry;
    private Ticker ticker = Ticker.system();
    private Duration interval = Duration.ofSeconds(15);
    private Duration longestWindow = Duration.ofHours(1);
    private Set<String> percentiles = Set.of();

    private Builder(MeterRegistry registry) {
      this.registry = registry;
    }

    /** The clock of the windows; the system's by default. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /** How often {@link #snapshot} will be called; 15 s by default. */
    public Builder interval(Duration interval) {
      this.interval = Require.positive("interval", interval);
      return this;
    }

    /**
     * The longest window, its offset included; one hour by default. Costs nothing until a rule asks
     * for such a window: eight bytes an interval up to an hour, eight bytes a minute beyond.
     */
    public Builder longestWindow(Duration longestWindow) {
      this.longestWindow = Require.positive("longestWindow", longestWindow);
      return this;
    }

    /** The names of the meters that rules want percentiles of; none by default. */
    public Builder percentiles(Collection<String> names) {
      this.percentiles = Set.copyOf(names);
      return this;
    }

    /**
     * Joins the registry.
     *
     * @throws IllegalArgumentException if the registry's meters fall back to zero at each step, or
     *     nothing is known of them, and it is not composite
     */
    public MeterWindows build() {
      return new MeterWindows(this);
    }
  }
}
