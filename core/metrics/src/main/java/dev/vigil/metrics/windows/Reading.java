package dev.vigil.metrics.windows;

/**
 * One number of one series as of the last snapshot. Readings that ask the same of the same series
 * are the same object, and are computed at most once a snapshot. A reading of a series that is gone
 * is missing.
 *
 * <p>To be used by the evaluator's thread alone.
 */
public final class Reading {

  Reading() {}

  /** The number, in the series' unit; NaN where it is missing. Allocates nothing. */
  public double value() {
    return Double.NaN;
  }
}
