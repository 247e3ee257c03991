package dev.vigil.alerts;

/**
 * How a rule's instances move from state to state.
 *
 * @param duration nanoseconds for which the condition has to hold before it fires
 * @param keepFiringFor nanoseconds for which it goes on firing after it recovered
 * @param missing what missing meters mean
 * @param recovers whether it has a condition of recovery
 * @param warmUp nanoseconds that the condition's longest window takes to fill: as long does a state
 *     from before a restart stand where the meters are still missing
 */
record RuleTiming(
    long duration, long keepFiringFor, MissingPolicy missing, boolean recovers, long warmUp) {

  /** Whether missing meters leave everything as it is. */
  boolean missingFreezes() {
    return missing == MissingPolicy.KEEP || missing == MissingPolicy.ERROR;
  }

  /** The same, but it fires at once. */
  RuleTiming atOnce() {
    return new RuleTiming(0, keepFiringFor, missing, recovers, warmUp);
  }
}
