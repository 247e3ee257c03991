package dev.vigil.ratelimit.redis;

/** What is answered while Redis does not. */
public enum WhenUnavailable {
  /**
   * This instance goes on by its own count: from the last shared count that it saw in the window,
   * up to its share of the limit, {@code min(ceil(limit / nodes), limit - last seen)}. What it
   * admitted is added to the shared counter when Redis is back in the same window. In a window
   * struck by an outage all instances together admit at most {@code limit + (nodes - 1) *
   * ceil(limit / nodes)}.
   */
  LOCAL,
  /** Everyone is let through, uncounted. For limits that protect nothing vital. */
  ALLOW,
  /** Everyone is refused. The filter answers 503 then, not 429. */
  DENY
}
