package dev.vigil.ratelimit.redis;

import java.util.Collection;
import java.util.List;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** One server, or whichever one a Sentinel names, or whatever a client knows. */
final class SingleServer implements Topology {

  private final Node node;

  SingleServer(String label, Opener opener, Settings settings) {
    node = new Node(label, this, opener, settings);
  }

  @Override
  public Node node(int slot) {
    return node;
  }

  @Override
  public Node redirected(JedisRedirectionException redirection, boolean once) {
    return node; // a cluster's node, named as a single server: it will say so again, and fail
  }

  @Override
  public void failed(Node failed) {}

  @Override
  public Collection<Node> nodes() {
    return List.of(node);
  }
}
