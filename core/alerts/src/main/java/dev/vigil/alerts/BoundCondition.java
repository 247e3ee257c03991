package dev.vigil.alerts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition bound to the meters that exist now: one instance for each set of labels. Used on the
 * evaluator's thread only; allocates nothing while the meters stay the same.
 */
interface BoundCondition extends AutoCloseable {

  /** Binds anew where meters came or went; returns whether the instances changed. */
  boolean refresh();

  /** How many instances there are. */
  int size();

  /** What tells instance {@code i} from the others: sorted, immutable, empty for a rule without. */
  Map<String, String> labels(int i);

  /** Whether the condition holds for instance {@code i} at the last snapshot. */
  Truth truth(int i);

  /** What the outermost comparison's left side is, for people; NaN where it is missing. */
  double value(int i);

  /** Why it cannot be evaluated now, for people: a meter that blocks; null where it can. */
  default @Nullable String problem() {
    return null;
  }

  /**
   * Whether it has taken the rule's duration for the window of a bare counter ("more than 10 in 5
   * minutes"): then the rule waits no further. Known once the meter is there.
   */
  default boolean countsOverDuration() {
    return false;
  }

  /** Lets go of the meters. */
  @Override
  default void close() {}
}
