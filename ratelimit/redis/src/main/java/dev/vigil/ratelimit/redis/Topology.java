package dev.vigil.ratelimit.redis;

import java.util.Collection;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Which node a counter is on. */
interface Topology {

  /** A cluster that sends a question round more often than this is in no state to be asked. */
  int MOST_HOPS = 5;

  /** Makes links to a node. */
  interface Opener {

    /**
     * Connects, authenticates, samples the clock and proves that the node takes writes.
     *
     * @throws redis.clients.jedis.exceptions.JedisException if it does not
     */
    Link open(Node node);

    /** Whether its links keep to their deadlines. */
    boolean isPunctual();
  }

  /** The node of a hash slot. */
  Node node(int slot);

  /** The node that a redirection names; remembered for the slot unless it is for once. */
  Node redirected(JedisRedirectionException redirection, boolean once);

  /** A node cannot be reached. */
  void failed(Node node);

  /** All nodes known now. */
  Collection<Node> nodes();
}
