package dev.vigil.metrics.windows;

/** Counters: growth between slots. */
final class CounterRecorder extends Total implements Recorder {

  private double latest = Double.NaN;

  CounterRecorder(Timeline timeline) {
    super(timeline);
  }

  @Override
  public void keep(Series series, WindowFunction function, int slots) {
    series.beginTotal(this, slots, latest);
  }

  @Override
  public boolean sample(Series series, double value, double amount, boolean gap) {
    latest = value;
    return slots() > 0 && sample(value, gap);
  }

  @Override
  public void sampleAgain(Series series, boolean gap) {
    sample(series, latest, 0, gap);
  }

  @Override
  public void end(double value, double amount) {
    last(value);
    latest = Double.NaN;
  }

  @Override
  public void restart(Series series) {
    restart();
  }

  @Override
  public double latest() {
    return latest;
  }

  @Override
  public double compute(WindowFunction function, Span span) {
    return switch (function.kind()) {
      case RATE -> rate(span);
      case INCREASE -> growth(span);
      case COUNT -> Samples.count(this, span);
      case CHANGES -> Samples.changes(this, span);
      default -> Double.NaN; // refused when the reading was asked for
    };
  }
}
