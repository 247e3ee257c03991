package dev.vigil.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The limits that hold for a key together: a request is admitted when all of them admit it, and
 * then counts in all; otherwise it counts in none.
 *
 * <p>Keep a plan in a constant and hand out that one: a function of the key that makes a new one
 * per call makes garbage per call.
 *
 * <pre>{@code
 * static final Plan FREE = Plan.of(RateLimit.perSecond(10), RateLimit.perHour(1000));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Plan {

  /** More than anyone has asked for; bounds the work of one decision. */
  private static final int MOST_LIMITS = 8;

  private final List<RateLimit> limits;
  private final RateLimit[] array;

  private Plan(List<RateLimit> limits) {
    this.limits = limits;
    array = limits.toArray(RateLimit[]::new);
  }

  /**
   * A plan of up to eight limits.
   *
   * @throws IllegalArgumentException if there are more than eight, two have nearly the same window
   *     (less than 5 % apart), or a longer window has fewer permits than a shorter one, which then
   *     could never bind
   */
  public static Plan of(RateLimit first, RateLimit... more) {
    List<RateLimit> limits = new ArrayList<>();
    limits.add(Objects.requireNonNull(first, "first"));
    for (RateLimit limit : more) {
      limits.add(Objects.requireNonNull(limit, "limit"));
    }
    if (limits.size() > MOST_LIMITS) {
      throw new IllegalArgumentException(
          "a plan has at most " + MOST_LIMITS + " limits but was given " + limits.size());
    }
    limits.sort(Comparator.comparing(RateLimit::window));
    for (int i = 1; i < limits.size(); i++) {
      check(limits.get(i - 1), limits.get(i));
    }
    return new Plan(List.copyOf(limits));
  }

  private static void check(RateLimit shorter, RateLimit longer) {
    // Counters are told apart by the number of the window since the epoch, which two windows of
    // nearly the same length would share at moments not far apart.
    if (longer.window().toMillis() * 20 < shorter.window().toMillis() * 21) {
      throw new IllegalArgumentException(
          "windows of one plan must differ by 5 % or more but were "
              + shorter.window()
              + " and "
              + longer.window());
    }
    if (longer.permits() < shorter.permits()) {
      throw new IllegalArgumentException(
          "the longer window must have at least the permits of the shorter one but "
              + longer
              + " leaves "
              + shorter
              + " without effect; drop the latter");
    }
  }

  /** The limits, shortest window first; at least one. */
  public List<RateLimit> limits() {
    return limits;
  }

  /** A limit by its position, without the detour over the list. */
  RateLimit limit(int index) {
    return array[index];
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Plan that && limits.equals(that.limits));
  }

  @Override
  public int hashCode() {
    return limits.hashCode();
  }

  /** The limits, for a start-up line. */
  @Override
  public String toString() {
    return limits.toString();
  }
}
