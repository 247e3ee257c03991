package dev.vigil.alerts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the engine runs it, its conditions bound to meters.
 *
 * @param name its name, with which its states are known again after a reload and a restart
 * @param expression the condition's text, for people
 * @param identity all that decides whether it holds: where this is another one, what fires is
 *     another incident
 * @param condition whether it holds
 * @param recover whether it has recovered, or null where that is when the condition does not hold
 * @param labels its own labels, the same for all instances
 * @param summary one sentence for people
 */
record BoundRule(
    String name,
    Severity severity,
    RuleTiming timing,
    String expression,
    String identity,
    BoundCondition condition,
    @Nullable BoundCondition recover,
    List<String> channels,
    Map<String, String> labels,
    Summary summary,
    @Nullable String runbook) {

  /** Makes the sentence for one instance. */
  interface Summary {
    String of(Map<String, String> labels, double value);
  }

  /** Whether states of the other rule go on under this one. */
  boolean continues(BoundRule other) {
    return identity.equals(other.identity);
  }

  /** Lets go of the meters. */
  void close() {
    condition.close();
    if (recover != null) {
      recover.close();
    }
  }
}
