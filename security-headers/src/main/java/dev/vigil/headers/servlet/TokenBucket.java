package dev.vigil.headers.servlet;

/**
 * So many permits a second, and as many at once after a pause. Pure: the time is handed in.
 *
 * <p>Not thread-safe.
 */
final class TokenBucket {

  private static final long SECOND = 1_000_000_000L;

  private final long capacity;
  private long permits;
  private long filledAt;

  TokenBucket(long perSecond, long now) {
    capacity = perSecond;
    permits = perSecond;
    filledAt = now;
  }

  boolean isEmpty(long now) {
    fill(now);
    return permits == 0;
  }

  boolean take(long now) {
    fill(now);
    if (permits == 0) {
      return false;
    }
    permits--;
    return true;
  }

  private void fill(long now) {
    long interval = SECOND / capacity;
    long due = (now - filledAt) / interval;
    if (due >= capacity) {
      permits = capacity;
      filledAt = now;
    } else if (due > 0) {
      permits = Math.min(capacity, permits + due);
      filledAt += due * interval;
    }
  }
}
