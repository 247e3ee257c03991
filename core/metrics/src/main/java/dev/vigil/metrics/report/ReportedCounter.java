package dev.vigil.metrics.report;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * The application's counter, counted once more: a registry may answer a step's value, or 0 where it
 * is a composite of none.
 */
final class ReportedCounter implements Counter {

  private final Counter original;
  private final DoubleAdder total = new DoubleAdder();

  ReportedCounter(Counter original) {
    this.original = original;
  }

  @Override
  public void increment(double amount) {
    original.increment(amount);
    total.add(amount);
  }

  @Override
  public double count() {
    return total.sum();
  }

  @Override
  public Id getId() {
    return original.getId();
  }
}
