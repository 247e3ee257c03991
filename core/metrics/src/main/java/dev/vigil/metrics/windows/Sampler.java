package dev.vigil.metrics.windows;

/** Takes the value of one series at a snapshot, whatever state its meter is in. */
final class Sampler {

  private final Problems problems;

  Sampler(Problems problems) {
    this.problems = problems;
  }

  /** Has a series take its value at this snapshot, or go without. */
  void sample(Series series, boolean gap) {
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
}
