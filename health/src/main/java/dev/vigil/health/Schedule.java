package dev.vigil.health;

/**
 * When a scheduled check runs next. Pure: time and chance come in as parameters. Durations are
 * nanoseconds.
 *
 * @param interval between the end of a run and the start of the next
 * @param whileFailing the same while the check fails
 * @param initialDelay before the first run
 * @param staleAfter how old a result may grow before it counts as a failure
 */
record Schedule(long interval, long whileFailing, long initialDelay, long staleAfter) {

  /** A tenth either way, so that checks and instances that start together do not stay together. */
  private static final double JITTER = 0.1;

  /**
   * The time from the end of a run to the start of the next.
   *
   * @param failing whether the run failed
   * @param chance from 0 (included) to 1 (excluded)
   */
  long next(boolean failing, double chance) {
    long pause = failing ? whileFailing : interval;
    return pause + (long) (pause * JITTER * (2 * chance - 1));
  }
}
