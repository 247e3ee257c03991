package dev.vigil.sentry;

import dev.vigil.core.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which of many like errors to send: the first ones of each minute, then every tenth, so that one
 * error in a loop does not use up the quota and a rare one is never lost among them.
 *
 * <p>Thread-safe.
 */
final class FloodGuard {

  /** The answer for an error that is not sent. */
  static final long SKIP = -1;

  static final int FIRST = 5;
  static final int SAMPLED = 10;

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();

  /** Fingerprints that are remembered; the one unseen for longest goes first. */
  private static final int MOST = 1_000;

  private static final class Count {
    private long start;
    private int seen;
    private long skipped;
  }

  private final Ticker ticker;
  private final Map<Integer, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Count> eldest) {
          return size() > MOST;
        }
      };

  FloodGuard(Ticker ticker) {
    this.ticker = ticker;
  }

  /** {@link #SKIP}, or how many like this one were skipped since the last that was not. */
  synchronized long admit(int fingerprint) {
    long now = ticker.read();
    Count count = counts.get(fingerprint);
    if (count == null) {
      count = new Count();
      count.start = now;
      counts.put(fingerprint, count);
    } else if (now - count.start >= WINDOW) {
      count.start = now;
      count.seen = 0;
    }
    count.seen++;
    if (count.seen > FIRST && (count.seen - FIRST) % SAMPLED != 0) {
      count.skipped++;
      return SKIP;
    }
    long skipped = count.skipped;
    count.skipped = 0;
    return skipped;
  }
}
