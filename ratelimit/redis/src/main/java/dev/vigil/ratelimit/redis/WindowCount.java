package dev.vigil.ratelimit.redis;

/**
 * What this instance knows of one key's count in one window, and what it admitted by itself. Pure
 * bookkeeping: no clock, no I/O.
 *
 * <p>Two things can admit at the same time when Redis comes and goes: an answer that is still on
 * its way, and the local fall-back. Both pass here, under one lock that is held for a few
 * instructions, so that together they stay within the limit.
 */
class WindowCount {

  private final int limit;
  private final int share;

  /** The highest shared count known, with all that was reported to it. */
  private long seen;

  /** Admitted here and not yet added to the shared counter. */
  private volatile int unreported;

  /** Admitted here in the whole window. */
  private int granted;

  WindowCount(int limit, int share) {
    this.limit = limit;
    this.share = share;
  }

  /**
   * Takes note of the shared count after {@code asked} single permits were added to it.
   *
   * @return how many of these are admitted, the first ones
   */
  synchronized int admit(long countAfter, int asked) {
    seen = Math.max(seen, countAfter);
    long free = limit - unreported - (countAfter - asked);
    return (int) Math.max(0, Math.min(asked, free));
  }

  /** Takes note of the shared count; whether it and what was granted here fit the limit. */
  synchronized boolean fits(long countAfter) {
    seen = Math.max(seen, countAfter);
    return countAfter + unreported <= limit;
  }

  /** Admits by the local share: the permits left in it, or -1 where they do not suffice. */
  synchronized int grant(int permits) {
    long left = left();
    if (permits > left) {
      return -1;
    }
    unreported += permits;
    granted += permits;
    return (int) left - permits;
  }

  /** Takes back what {@link #grant} gave. */
  synchronized void revoke(int permits) {
    // Where it was reported meanwhile the shared count keeps it: too strict for once, never too
    // lax.
    int back = Math.min(permits, unreported);
    unreported -= back;
    granted -= back;
  }

  /** Permits left in the local share. */
  synchronized long left() {
    return Math.max(0, Math.min((long) share - granted, limit - seen - unreported));
  }

  /** What is to be added to the shared counter now; counts as reported from here on. */
  int takeUnreported() {
    return unreported == 0 ? 0 : take();
  }

  private synchronized int take() {
    int taken = unreported;
    unreported = 0;
    seen += taken;
    return taken;
  }

  /** The report failed, or nobody knows: it is due again. Counting twice errs on the safe side. */
  synchronized void reportFailed(int permits) {
    unreported += permits;
  }

  boolean hasUnreported() {
    return unreported > 0;
  }
}
