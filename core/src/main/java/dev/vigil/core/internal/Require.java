package dev.vigil.core.internal;

import java.time.Duration;

/** Argument checks with one wording: name, expectation, actual. */
public final class Require {

  /**
   * The longest duration that fits {@code long} nanoseconds with room to add two of them: 100
   * years.
   */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Require() {}

  /**
   * Returns {@code value} where it is above zero and at most 100 years.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static Duration positive(String name, Duration value) {
    return atMostLongest(
        name, check(!value.isZero() && !value.isNegative(), name, "must be positive", value));
  }

  /**
   * Returns {@code value} where it is zero or more and at most 100 years.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static Duration notNegative(String name, Duration value) {
    return atMostLongest(name, check(!value.isNegative(), name, "must be zero or positive", value));
  }

  /**
   * Returns {@code value} where it lies between the bounds, both included.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static int between(String name, int least, int most, int value) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + " but was " + value);
    }
    return value;
  }

  private static Duration atMostLongest(String name, Duration value) {
    return check(value.compareTo(LONGEST) <= 0, name, "must be at most 100 years", value);
  }

  private static <T> T check(boolean holds, String name, String expectation, T value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + expectation + " but was " + value);
    }
    return value;
  }
}
