package dev.vigil.metrics.windows;

import org.jspecify.annotations.Nullable;

/** Timers and summaries: how many events, what they amount to, the greatest, and their buckets. */
final class EventRecorder implements Recorder {

  private final Total count;
  private final Total amount;
  private final Track max;
  private @Nullable Histogram histogram;
  private double latestCount = Double.NaN;
  private double latestAmount = Double.NaN;

  EventRecorder(Timeline timeline) {
    this.count = new Total(timeline);
    this.amount = new Total(timeline);
    this.max = new Track(timeline);
  }

  @Override
  public void keep(Series series, WindowFunction function, int slots) {
    switch (function.kind()) {
      case RATE, INCREASE, COUNT -> series.beginTotal(count, slots, latestCount);
      case SUM -> series.beginTotal(amount, slots, latestAmount);
      case AVG -> {
        series.beginTotal(count, slots, latestCount);
        series.beginTotal(amount, slots, latestAmount);
      }
      case MAX -> {
        series.beginTotal(count, slots, latestCount);
        series.begin(max, slots, series.max());
      }
      case PERCENTILE -> histogram = series.beginHistogram(histogram, slots);
      default -> throw new IllegalStateException(function + " is not for events");
    }
  }

  @Override
  public boolean sample(Series series, double newCount, double newAmount, boolean gap) {
    latestCount = newCount;
    latestAmount = newAmount;
    boolean fell = count.slots() > 0 && count.sample(newCount, gap);
    if (amount.slots() > 0) {
      amount.sample(newAmount, gap);
    }
    if (max.slots() > 0) {
      max.put(series.max(), Double.NaN);
    }
    if (histogram != null) {
      histogram.sample(gap);
    }
    return fell;
  }

  @Override
  public void sampleAgain(Series series, boolean gap) {
    sample(series, latestCount, latestAmount, gap);
  }

  @Override
  public void end(double lastCount, double lastAmount) {
    count.last(lastCount);
    amount.last(lastAmount);
  }

  @Override
  public void restart(Series series) {
    count.restart();
    amount.restart();
    if (histogram != null) {
      histogram = series.resumeHistogram(histogram);
    }
  }

  /** A bare name means a window, which {@link Series#latest} asks for. */
  @Override
  public double latest() {
    return Double.NaN;
  }

  @Override
  public double compute(WindowFunction function, Span span) {
    return switch (function.kind()) {
      case RATE -> count.rate(span);
      case INCREASE, COUNT -> count.growth(span);
      case SUM -> amount.growth(span);
      case AVG -> amount.growth(span) / count.growth(span);
      case MAX -> greatest(span);
      case PERCENTILE ->
          histogram == null ? Double.NaN : histogram.quantile(function.quantile(), span);
      default -> Double.NaN; // refused when the reading was asked for
    };
  }

  /** What the meter remembers at the window's first slot lies before the window. */
  private double greatest(Span span) {
    return count.growth(span) > 0
        ? Samples.max(max, Math.max(span.before() + 1, max.oldest()), span)
        : Double.NaN;
  }
}
