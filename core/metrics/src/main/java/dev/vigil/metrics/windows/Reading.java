package dev.vigil.metrics.windows;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One number of one series as of the last snapshot. Readings that ask the same of the same series
 * are the same object, and are computed at most once a snapshot. A reading of a series that is gone
 * is missing, and comes back when a meter with the same name and tags does.
 *
 * <p>To be used by the evaluator's thread alone.
 */
public final class Reading {

  private final Series series;

  /** What is asked, or null for the series' latest value. */
  private final @Nullable WindowFunction function;

  private final @Nullable Span span;

  /** The series' next, for as many are few. */
  private final @Nullable Reading next;

  private int computedAt = -1;
  private double value = Double.NaN;

  Reading(
      Series series,
      @Nullable WindowFunction function,
      @Nullable Span span,
      @Nullable Reading next) {
    this.series = series;
    this.function = function;
    this.span = span;
    this.next = next;
  }

  /**
   * The number, in what {@link Series#unit(WindowFunction)} says; NaN where it is missing.
   * Allocates nothing.
   */
  public double value() {
    int snapshot = series.snapshot();
    if (computedAt != snapshot) {
      computedAt = snapshot;
      value = series.compute(function, span);
    }
    return value;
  }

  @Nullable Reading next() {
    return next;
  }

  boolean asks(@Nullable WindowFunction otherFunction, @Nullable Span otherSpan) {
    return span == otherSpan && Objects.equals(function, otherFunction);
  }
}
