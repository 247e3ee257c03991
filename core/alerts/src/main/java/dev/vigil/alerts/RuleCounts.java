package dev.vigil.alerts;

/** How many instances of a rule there are in which state, for the gauges. Readable by all. */
final class RuleCounts {

  private volatile int pending;
  private volatile int firing;
  private volatile boolean error;

  /** Counts anew. */
  void set(RuleState rule) {
    int[] found = new int[2];
    rule.forEach(
        instance -> {
          InstanceState state = instance.state();
          found[0] += state.state() == AlertState.PENDING ? 1 : 0;
          found[1] += state.fired() ? 1 : 0;
        });
    pending = found[0];
    firing = found[1];
    error = rule.problem() != null;
  }

  int pending() {
    return pending;
  }

  /** Firing or kept firing, which is one to Prometheus too. */
  int firing() {
    return firing;
  }

  /** One where the rule cannot be evaluated, else zero. */
  int error() {
    return error ? 1 : 0;
  }
}
