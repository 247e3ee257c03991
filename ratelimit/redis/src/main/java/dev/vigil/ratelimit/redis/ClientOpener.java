package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import redis.clients.jedis.UnifiedJedis;

/** Borrows the application's client. Its server's clock is sampled like any other. */
record ClientOpener(UnifiedJedis client, Ticker ticker) implements Topology.Opener {

  @Override
  public Link open(Node node) {
    ClientLink link = new ClientLink(client);
    TimeSample sample = new TimeSample(node.clock, ticker);
    sample.open(link);
    sample.take(link.answer(Long.MAX_VALUE));
    return link;
  }

  @Override
  public boolean isPunctual() {
    return false;
  }
}
