package dev.vigil.metrics.windows;

/**
 * What is kept of one series: as much as its readings ask for. One for each way that meters count.
 * The series is a parameter, not a field, for the memory's sake.
 */
interface Recorder {

  /** Keeps what {@code function} over {@code slots} needs, from now on. */
  void keep(Series series, WindowFunction function, int slots);

  /**
   * Takes what was read at a snapshot; NaN where it is missing.
   *
   * @param gap whether nobody looked for so long that growth since the last time does not count
   * @return whether a counter has fallen
   */
  boolean sample(Series series, double value, double amount, boolean gap);

  /** The last value once more, since the next is late. */
  void sampleAgain(Series series, boolean gap);

  /** The meter has been removed, and had counted this much. */
  void end(double value, double amount);

  /** A new meter with the same name and tags has taken the place of one that was removed. */
  void restart(Series series);

  /** The latest value; NaN where it is missing. */
  double latest();

  /** The function over the span as of the last snapshot; NaN where it is missing. */
  double compute(WindowFunction function, Span span);
}
