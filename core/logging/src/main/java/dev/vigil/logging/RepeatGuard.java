package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import dev.vigil.core.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thins out lines of one call site that come too often: after {@code limit} in a minute only every
 * hundredth. A call site is known by its logger and message template. Never WARN and above.
 * Thread-safe.
 */
final class RepeatGuard {

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final int SAMPLED = 100;

  /** Templates that are made anew each time would fill it; those beyond are not counted. */
  private static final int MOST_SITES = 4096;

  private record Site(String logger, String template) {}

  private final int limit;
  private final Ticker ticker;
  private final ConcurrentHashMap<Site, AtomicLong> counts = new ConcurrentHashMap<>();
  private volatile long windowStart;

  RepeatGuard(int limit, Ticker ticker) {
    this.limit = limit;
    this.ticker = ticker;
    windowStart = ticker.read();
  }

  boolean admits(Level level, String logger, String template) {
    if (level.toInt() >= Level.WARN_INT) {
      return true;
    }
    Site site = new Site(logger, template);
    AtomicLong count = counts.get(site);
    if (count == null) {
      if (counts.size() >= MOST_SITES) {
        return true;
      }
      count = counts.computeIfAbsent(site, made -> new AtomicLong());
    }
    long n = count.incrementAndGet();
    return n <= limit || (n - limit) % SAMPLED == 0;
  }

  /** When a minute is over: a sentence for each call site that was thinned out. */
  List<String> summary() {
    if (ticker.read() - windowStart < WINDOW) {
      return List.of();
    }
    windowStart = ticker.read();
    List<String> sentences = new ArrayList<>();
    for (Site site : counts.keySet()) {
      AtomicLong count = counts.remove(site);
      long over = count == null ? 0 : count.get() - limit;
      if (over > 0) {
        long left = over - over / SAMPLED;
        sentences.add(
            "left out "
                + left
                + " lines like the following of "
                + site.logger()
                + ": "
                + site.template());
      }
    }
    return sentences;
  }
}
