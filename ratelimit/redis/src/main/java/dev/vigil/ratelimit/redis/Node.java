package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * One Redis server: its clock, its guard, a lane for callers that wait and one for those that do
 * not. Connections are opened in the background, since a caller's time is limited; while the guard
 * is open, one attempt every 100 ms is the probe.
 */
final class Node {

  private static final long SOON_MILLIS = 10;
  private static final long PROBE_MILLIS = 100;

  final Ticker ticker;
  final ServerClock clock;
  final Guard guard;
  final long timeoutNanos;

  private final Topology topology;
  private final Topology.Opener opener;
  private final Settings settings;
  private final Lane waiting;
  private final Lane pumped;
  private final AtomicBoolean connecting = new AtomicBoolean();

  Node(String label, Topology topology, Topology.Opener opener, Settings settings) {
    this.topology = topology;
    this.opener = opener;
    this.settings = settings;
    ticker = settings.ticker();
    timeoutNanos = settings.timeout().toNanos();
    clock = new ServerClock(ticker, settings.wall());
    guard =
        new Guard(
            settings.name(),
            label,
            settings.whenUnavailable(),
            Duration.ofMillis(PROBE_MILLIS - SOON_MILLIS),
            ticker,
            this::connectSoon,
            () -> settings.recovered().run());
    waiting = new Lane(this, false, settings.fallback());
    pumped = new Lane(this, true, settings.fallback());
  }

  /** The lane for a caller. */
  Lane lane(boolean waits) {
    return waits && opener.isPunctual() ? waiting : pumped;
  }

  boolean isOpen() {
    return (opener.isPunctual() ? waiting : pumped).isOpen();
  }

  /** Sees to it that lanes without a link get one. */
  void connectSoon() {
    if (connecting.compareAndSet(false, true)) {
      schedule(0);
    }
  }

  private void schedule(long millis) {
    if (!settings.later(this::connect, millis)) {
      connecting.set(false);
    }
  }

  private void connect() {
    if (!guard.mayTry()) {
      schedule(SOON_MILLIS);
      return;
    }
    long start = ticker.read();
    if (!guard.isClosed()) {
      // What is left from before proves nothing.
      waiting.detach();
      pumped.detach();
    }
    try {
      attach(waiting);
      attach(pumped);
    } catch (RuntimeException failure) {
      guard.failure(failure);
      topology.failed(this);
      schedule(guard.isClosed() ? SOON_MILLIS : PROBE_MILLIS);
      return;
    }
    guard.success(ticker.read() - start);
    if (!guard.isClosed()) {
      schedule(SOON_MILLIS); // it opened meanwhile, and takes no success until its pause is over
      return;
    }
    connecting.set(false);
    boolean lost = (waiting.wantsLink() && opener.isPunctual()) || pumped.wantsLink();
    if (lost || !guard.isClosed()) {
      connectSoon(); // between the lines above
    }
  }

  private void attach(Lane lane) {
    boolean wanted = opener.isPunctual() ? lane.wantsLink() : lane.isPumped();
    if (wanted && !lane.isOpen()) {
      lane.attach(opener.open(this));
    }
  }

  /** Sends a question to where a cluster said it belongs. */
  void redirect(Ask ask, JedisRedirectionException redirection) {
    if (ask.hops++ >= Topology.MOST_HOPS) {
      ask.answer(Ask.FAILED);
      return;
    }
    ask.asking = redirection instanceof JedisAskDataException;
    Node target = topology.redirected(redirection, ask.asking);
    target.lane(!ask.lane.isPumped()).push(ask);
    ask.wake();
  }

  void close() {
    waiting.close();
    pumped.close();
  }
}
