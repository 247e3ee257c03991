package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One meter, seen through snapshots: a name with one set of tags. Only what is asked for is
 * recorded, from the moment it is asked for.
 *
 * <p>A counter that appears while a selection is looking out for it was born at zero, so all it has
 * counted is growth; one that was there before counts from the first snapshot. A counter that falls
 * has been reset: what it counts afterwards is added to what it had counted before, and so it is
 * when a meter is removed and registered again.
 *
 * <p>To be used by the evaluator's thread alone.
 */
public final class Series {

  /** A timer's or summary's bare name means its mean over this much time. */
  private static final Duration MEAN_OVER = Duration.ofMinutes(1);

  private final Snapshots snapshots;
  private final MeterReader reader;
  private final MeterUnit unit;
  private final Recorder recorder;
  private Meter meter;
  private @Nullable ForeignMeter foreign;
  private @Nullable Reading readings;

  /** Since which slot it is known not to have existed before the first snapshot of it, or -1. */
  private final int absentSince;

  private int firstSlot = -1;
  private boolean gone;

  Series(Meter meter, Snapshots snapshots, int absentSince) {
    this.snapshots = snapshots;
    this.reader = MeterReader.of(meter);
    this.unit = MeterUnit.of(meter);
    this.meter = meter;
    this.foreign = reader.foreign() ? new ForeignMeter(meter, reader) : null;
    this.absentSince = absentSince;
    this.recorder =
        switch (reader.kind()) {
          case COUNTER -> new CounterRecorder(snapshots.timeline());
          case GAUGE, LONG_TASK_TIMER, OTHER -> new GaugeRecorder(snapshots);
          case TIMER, SUMMARY, FUNCTION_TIMER -> new EventRecorder(snapshots.timeline());
        };
  }

  /** The meter's name. */
  public String name() {
    return meter.getId().getName();
  }

  /** The meter's tags, sorted by name, immutable. */
  public Map<String, String> labels() {
    return new Labels(meter.getId());
  }

  /** What the meter counts or shows. */
  public MeterKind kind() {
    return reader.kind();
  }

  /**
   * What the latest value is in: {@code seconds} for all times and {@code bytes} for all sizes,
   * whatever the meter's own unit; the empty string for shares (a meter in percent reads as 0.8 for
   * 80) and where the meter has no unit; else the meter's own base unit.
   */
  public String unit() {
    return unit.name();
  }

  /**
   * What a function over a window is in: as {@link #unit()}, but the empty string for numbers of
   * events, of snapshots and of changes. A rate is in the unit a second.
   */
  public String unit(WindowFunction function) {
    return switch (function.kind()) {
      case COUNT, CHANGES -> "";
      case RATE, INCREASE -> kind().hasEvents() ? "" : unit.name();
      default -> unit.name();
    };
  }

  /**
   * The value now: a gauge's, a counter's total since it was registered or the registry was joined,
   * the seconds of the task that has been running longest, and of a timer or summary the mean over
   * the last minute, or the last interval where that is longer.
   */
  public Reading latest() {
    if (kind().hasEvents()) {
      Duration interval = Duration.ofNanos(snapshots.interval());
      return window(WindowFunction.AVG, interval.compareTo(MEAN_OVER) > 0 ? interval : MEAN_OVER);
    }
    return reading(null, null);
  }

  /**
   * A window that ends at the last snapshot.
   *
   * @throws IllegalArgumentException as {@link #window(WindowFunction, Duration, Duration)}
   */
  public Reading window(WindowFunction function, Duration window) {
    return window(function, window, Duration.ZERO);
  }

  /**
   * A window that ends {@code offset} before the last snapshot.
   *
   * @param window from one evaluation interval to the longest window; rounded up to whole snapshots
   * @param offset zero or more; window and offset together are at most the longest window
   * @throws IllegalArgumentException if window or offset lie outside of these bounds, or {@link
   *     #kind} does not support the function
   */
  public Reading window(WindowFunction function, Duration window, Duration offset) {
    Objects.requireNonNull(function, "function");
    int slots = snapshots.slots(window, offset);
    if (!kind().supports(function)) {
      throw new IllegalArgumentException(
          function.name() + " is not defined for " + name() + ", which is a " + kind());
    }
    snapshots.timeline().keep(slots);
    recorder.keep(this, function, slots);
    return reading(function, snapshots.span(window, offset));
  }

  private Reading reading(@Nullable WindowFunction function, @Nullable Span span) {
    for (Reading known = readings; known != null; known = known.next()) {
      if (known.asks(function, span)) {
        return known;
      }
    }
    Reading made = new Reading(this, function, span, readings);
    readings = made;
    return made;
  }

  /**
   * Whether the meter cannot be read since its function has not returned for an interval: the
   * condition is in error, rather than missing. Its latest value is missing meanwhile.
   */
  public boolean blocked() {
    return foreign != null && foreign.blocked();
  }

  // What follows is for the package: snapshots, and recorders that begin to record.

  Meter meter() {
    return meter;
  }

  @Nullable ForeignMeter foreign() {
    return foreign;
  }

  boolean gone() {
    return gone;
  }

  int snapshot() {
    return snapshots.number();
  }

  double compute(@Nullable WindowFunction function, @Nullable Span span) {
    if (gone) {
      return Double.NaN;
    }
    return function == null || span == null
        ? recorder.latest()
        : recorder.compute(function, snapshots.found(span));
  }

  /** Reads the meter here and now; returns whether a counter has fallen. */
  boolean sampleNow(boolean gap) {
    return take(reader.value(meter), reader.amount(meter), gap);
  }

  /** Takes what somebody else has read; returns whether a counter has fallen. */
  boolean take(double value, double amount, boolean gap) {
    begun();
    return recorder.sample(this, value(value), unit.convert(amount), gap);
  }

  /** Takes the last value once more, where a new one is late. */
  void takeAgain(boolean gap) {
    begun();
    recorder.sampleAgain(this, gap);
  }

  private void begun() {
    if (firstSlot < 0) {
      firstSlot = snapshots.timeline().newest();
    }
  }

  private double value(double read) {
    return kind().hasEvents() ? read : unit.convert(read);
  }

  /** The meter has been removed. What it counted since the last snapshot still counts. */
  void end() {
    gone = true;
    if (reader.foreign()) {
      recorder.end(Double.NaN, Double.NaN);
    } else {
      recorder.end(value(reader.value(meter)), unit.convert(reader.amount(meter)));
    }
  }

  /** Whether a meter of the same name and tags can go on where this one has stopped. */
  boolean accepts(Meter fresh) {
    return MeterReader.of(fresh) == reader
        && Objects.equals(fresh.getId().getBaseUnit(), meter.getId().getBaseUnit());
  }

  /** A meter that {@link #accepts} has been registered. */
  void resume(Meter fresh) {
    gone = false;
    meter = fresh;
    foreign = reader.foreign() ? new ForeignMeter(fresh, reader) : null;
    recorder.restart(this);
  }

  double max() {
    return unit.convert(reader.max(meter));
  }

  /** Keeps slots of a track, which begins with the value of the last snapshot if there was one. */
  void begin(Track track, int slots, double latest) {
    boolean begins = track.slots() == 0;
    track.resize(slots);
    if (begins && firstSlot >= 0) {
      track.put(latest, Double.NaN);
    }
  }

  /** The same for a total, which began at zero where the meter has been born since. */
  void beginTotal(Total total, int slots, double latest) {
    boolean begins = total.slots() == 0;
    total.resize(slots);
    if (begins && bornNow()) {
      total.backfill(absentSince, 0);
    }
    if (begins && firstSlot >= 0) {
      total.sample(latest, false);
    }
  }

  /** The same for a histogram; null where the meter has no buckets, which is told. */
  @Nullable Histogram beginHistogram(@Nullable Histogram histogram, int slots) {
    if (histogram != null) {
      histogram.resize(slots);
      return histogram;
    }
    Buckets buckets = snapshots.access().buckets(meter);
    if (buckets == null) {
      return null;
    }
    Histogram made = new Histogram(snapshots.timeline(), buckets, bounds(buckets));
    made.resize(slots);
    if (bornNow()) {
      made.backfill(absentSince);
    }
    if (firstSlot >= 0) {
      made.sample(false);
    }
    return made;
  }

  /** The histogram for a meter that has taken the place of another. */
  @Nullable Histogram resumeHistogram(Histogram histogram) {
    Buckets buckets = snapshots.access().buckets(meter);
    if (buckets == null) {
      return null;
    }
    if (!histogram.fits(bounds(buckets))) {
      return beginHistogram(null, histogram.slots());
    }
    histogram.restart(buckets);
    return histogram;
  }

  private double[] bounds(Buckets buckets) {
    return Arrays.stream(buckets.bounds())
        .map(bound -> kind() == MeterKind.TIMER ? bound / 1e9 : unit.convert(bound))
        .toArray();
  }

  /** Whether this was born since the snapshot before: then all it has counted is growth. */
  private boolean bornNow() {
    return absentSince >= 0 && firstSlot == snapshots.timeline().newest();
  }

  /** As in a rule, for example {@code queue.size{queue="mail"}}. */
  @Override
  public String toString() {
    return MeterText.of(meter.getId());
  }
}
