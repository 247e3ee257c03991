package dev.vigil.headers.servlet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets through what can be borne: so many reports a second in all and from each client, and of
 * reports that are alike the first alone. What it remembers is bounded.
 *
 * <p>Thread-safe.
 */
final class ReportGate {

  /** How many clients and kinds of report are remembered; the least recently seen go first. */
  private static final int MOST_REMEMBERED = 1000;

  private final int perClient;
  private final TokenBucket everyone;
  private final Map<String, TokenBucket> clients = bounded();
  private final Map<Object, Boolean> seen = bounded();

  ReportGate(int perSecond, int perClient, long now) {
    this.perClient = perClient;
    everyone = new TokenBucket(perSecond, now);
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }

  /** Whether nothing would pass now, so that reading on is a waste. */
  synchronized boolean isShut(String client, long now) {
    return everyone.isEmpty(now) || bucket(client, now).isEmpty(now);
  }

  synchronized boolean admits(String client, long now) {
    // The client's first, so that one client who floods does not use up what all share.
    return bucket(client, now).take(now) && everyone.take(now);
  }

  synchronized boolean isNew(Object kind) {
    return seen.put(kind, true) == null;
  }

  private TokenBucket bucket(String client, long now) {
    return clients.computeIfAbsent(client, key -> new TokenBucket(perClient, now));
  }
}
