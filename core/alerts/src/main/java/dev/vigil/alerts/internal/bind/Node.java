package dev.vigil.alerts.internal.bind;

/**
 * A number or a condition of one label set, evaluated at each call; allocates nothing.
 *
 * <p>A condition is 1 where it holds, 0 where it does not and NaN where what it needs is missing.
 */
interface Node {

  /** No value: a meter that is not there. */
  Node MISSING = () -> Double.NaN;

  /** The number, NaN where it is missing. */
  double value();

  /** Whether a NaN is a value (0 / 0, a gauge that answers it) rather than a missing one. */
  default boolean present() {
    return !Double.isNaN(value());
  }

  /** The number that people are told: of a comparison its left side. */
  default double shown() {
    return value();
  }

  /** Whether the value is written in the rule. */
  default boolean constant() {
    return false;
  }
}
