package dev.vigil.metrics.windows;

/** Where the events of a timer or summary lie, counted since it was registered. */
interface Buckets {

  /**
   * The upper bounds, ascending and finite, in the meter's own amounts: nanoseconds, or the
   * summary's unit. Empty where the meter has no buckets.
   */
  double[] bounds();

  /**
   * Reads how many events lie in each bucket, and above the last bound.
   *
   * @param into as long as the bounds, and one more. Wraps around like any int: only differences
   *     count
   */
  void read(int[] into);
}
