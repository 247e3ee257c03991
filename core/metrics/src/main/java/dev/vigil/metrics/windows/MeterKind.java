package dev.vigil.metrics.windows;

/** What a meter counts or shows, and which questions make sense for it. */
public enum MeterKind {
  /** Only grows: Micrometer's Counter and FunctionCounter. */
  COUNTER,
  /** Goes up and down: Gauge and TimeGauge. */
  GAUGE,
  /** Durations of events: Timer. */
  TIMER,
  /** Amounts of events: DistributionSummary. */
  SUMMARY,
  /** Count and total time that somebody else keeps, without single durations: FunctionTimer. */
  FUNCTION_TIMER,
  /** How long the longest task has been running: LongTaskTimer. Read as a gauge. */
  LONG_TASK_TIMER,
  /** A custom meter, of which nothing is known that a window could be put over. */
  OTHER;

  /** Whether {@code function} over a window is defined for meters of this kind. */
  public boolean supports(WindowFunction function) {
    return switch (this) {
      case COUNTER -> function.isForCounters();
      case GAUGE, LONG_TASK_TIMER -> function.isForGauges();
      case TIMER, SUMMARY -> function.isForEvents();
      case FUNCTION_TIMER ->
          function.isForEvents()
              && !function.isPercentile()
              && !function.equals(WindowFunction.MAX);
      case OTHER -> false;
    };
  }

  /** Whether this counts events with an amount each, so that its bare name means their average. */
  public boolean hasEvents() {
    return this == TIMER || this == SUMMARY || this == FUNCTION_TIMER;
  }
}
