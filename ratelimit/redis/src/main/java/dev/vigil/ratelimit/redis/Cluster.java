package dev.vigil.ratelimit.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * A Redis Cluster: each slot's node, learnt by CLUSTER SLOTS in the background and corrected by
 * every MOVED on the way.
 */
final class Cluster implements Topology {

  private static final int SLOTS = 16_384;
  private static final long REFRESH_PAUSE_MILLIS = 100;

  private final ServerLinks links;
  private final Settings settings;
  private final Set<HostAndPort> seeds;
  private final Node seed;
  private final Map<HostAndPort, Node> nodes = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<Node> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicBoolean refreshing = new AtomicBoolean();

  Cluster(Set<HostAndPort> seeds, ServerLinks links, Settings settings) {
    this.seeds = seeds;
    this.links = links;
    this.settings = settings;
    seed = at(seeds.iterator().next());
    refreshIn(0);
  }

  private Node at(HostAndPort address) {
    return nodes.computeIfAbsent(
        address, to -> new Node(to.toString(), this, links.to(() -> to), settings));
  }

  @Override
  public Node node(int slot) {
    Node known = slots.get(slot);
    return known == null ? seed : known;
  }

  @Override
  public Node redirected(JedisRedirectionException redirection, boolean once) {
    Node target = at(redirection.getTargetNode());
    if (!once) {
      slots.set(redirection.getSlot(), target);
      refreshIn(REFRESH_PAUSE_MILLIS);
    }
    return target;
  }

  @Override
  public void failed(Node node) {
    refreshIn(REFRESH_PAUSE_MILLIS);
  }

  /** Slots' own nodes only: one that left the cluster stands for nothing. */
  @Override
  public Collection<Node> nodes() {
    Set<Node> owners = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < SLOTS; i++) {
      owners.add(node(i));
    }
    return owners;
  }

  private void refreshIn(long millis) {
    if (refreshing.compareAndSet(false, true) && !settings.later(this::refresh, millis)) {
      refreshing.set(false);
    }
  }

  private void refresh() {
    refreshing.set(false);
    if (!refreshFrom(nodes.keySet())) {
      refreshFrom(seeds);
    }
  }

  private boolean refreshFrom(Collection<HostAndPort> addresses) {
    for (HostAndPort address : addresses) {
      try (Link link = links.connect(address)) {
        link.send(Command.CLUSTER, "SLOTS".getBytes(StandardCharsets.US_ASCII));
        Object answer = link.answer(settings.ticker().read() + ServerLinks.PATIENCE.toNanos());
        if (answer instanceof List<?> ranges && !ranges.isEmpty()) {
          ranges.forEach(range -> assign(address, (List<?>) range));
          return true;
        }
      } catch (JedisException unreachable) {
        // The next one knows as much.
      }
    }
    return false;
  }

  /** First and last slot, then the primary: host (empty: the one that was asked), port. */
  private void assign(HostAndPort asked, List<?> range) {
    List<?> primary = (List<?>) range.get(2);
    String host =
        primary.get(0) instanceof byte[] name ? new String(name, StandardCharsets.UTF_8) : "";
    int port = ((Long) primary.get(1)).intValue();
    Node owner = at(new HostAndPort(host.isEmpty() ? asked.getHost() : host, port));
    for (int slot = ((Long) range.get(0)).intValue(); slot <= (Long) range.get(1); slot++) {
      slots.set(slot, owner);
    }
    owner.connectSoon();
  }
}
