package dev.vigil.metrics.windows;

/** Gauges: samples at the slots. */
final class GaugeRecorder extends Track implements Recorder {

  private final Snapshots snapshots;
  private double latest = Double.NaN;

  GaugeRecorder(Snapshots snapshots) {
    super(snapshots.timeline());
    this.snapshots = snapshots;
  }

  @Override
  public void keep(Series series, WindowFunction function, int slots) {
    series.begin(this, slots, latest);
  }

  @Override
  public boolean sample(Series series, double value, double amount, boolean gap) {
    latest = value;
    put(value, Double.NaN);
    return false;
  }

  @Override
  public void sampleAgain(Series series, boolean gap) {
    put(latest, Double.NaN);
  }

  @Override
  public void end(double value, double amount) {
    latest = Double.NaN;
  }

  @Override
  public void restart(Series series) {}

  @Override
  public double latest() {
    return latest;
  }

  @Override
  public double compute(WindowFunction function, Span span) {
    return switch (function.kind()) {
      case AVG -> Samples.avg(this, span);
      case MIN -> Samples.min(this, span);
      case MAX -> Samples.max(this, span);
      case SUM -> Samples.sum(this, span);
      case COUNT -> Samples.count(this, span);
      case LAST -> Samples.last(this, span);
      case DELTA -> Samples.delta(this, span);
      case STDDEV -> Samples.stddev(this, span);
      case CHANGES -> Samples.changes(this, span);
      case PERCENTILE ->
          Samples.quantile(function.quantile(), this, span, snapshots.scratch(slots()));
      case RATE, INCREASE -> Double.NaN; // refused when the reading was asked for
    };
  }
}
