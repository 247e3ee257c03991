package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The counters of one limiter in Redis: how a question gets there, and who answers if it fails. */
final class Counters {

  private final KeyStates states;
  private final WithoutRedis withoutRedis;
  private final Ticker ticker;
  private final long timeoutNanos;
  private final ScheduledExecutorService scheduler;
  private final Topology topology;

  /**
   * Connects to nothing yet.
   *
   * @param settingsFor settings with what is to be done when Redis is back
   */
  Counters(
      KeyStates states,
      RedisTarget target,
      WithoutRedis withoutRedis,
      Function<Runnable, Settings> settingsFor) {
    Settings settings = settingsFor.apply(this::report);
    this.states = states;
    this.withoutRedis = withoutRedis;
    ticker = settings.ticker();
    timeoutNanos = settings.timeout().toNanos();
    scheduler = settings.scheduler();
    topology = target.open(settings);
  }

  void connect() {
    topology.nodes().forEach(Node::connectSoon);
  }

  /** Answers from memory, which allocates nothing; else asks and waits. */
  Decision decide(Ask.Kind kind, String key, Plan plan, int permits) {
    KeyState known = known(key, plan);
    long tick = ticker.read();
    Decision denial = known == null ? null : known.denial(tick);
    return denial == null ? ask(kind, key, plan, permits, known, tick) : denial;
  }

  private Decision ask(
      Ask.Kind kind, String key, Plan plan, int permits, @Nullable KeyState known, long tick) {
    KeyState state = known == null ? state(key, plan, tick) : known;
    Node node = topology.node(state.slot);
    long deadline = tick + timeoutNanos;
    Ask ask = new Ask(kind, key, state, permits, deadline, node, Thread.currentThread(), null);
    if (!node.guard.isClosed()) {
      return withoutRedis.decide(ask);
    }
    node.lane(true).push(ask);
    Object outcome = Lane.await(ask);
    return outcome instanceof Decision decision ? decision : withoutRedis.decide(ask);
  }

  /** Asks for permits without waiting. */
  CompletableFuture<Decision> decideLater(String key, Plan plan, int permits) {
    KeyState known = known(key, plan);
    long tick = ticker.read();
    Decision denial = known == null ? null : known.denial(tick);
    if (denial != null) {
      return CompletableFuture.completedFuture(denial);
    }
    KeyState state = known == null ? state(key, plan, tick) : known;
    Node node = topology.node(state.slot);
    CompletableFuture<Decision> future = new CompletableFuture<>();
    Ask ask = new Ask(Ask.Kind.TAKE, key, state, permits, tick + timeoutNanos, node, null, future);
    if (node.guard.isClosed()) {
      node.lane(false).push(ask);
    } else {
      future.complete(withoutRedis.decide(ask));
    }
    return future;
  }

  /** What is known of a key under its usual plan. */
  @SuppressWarnings("ReferenceEquality") // the usual case; others go the long way
  private @Nullable KeyState known(String key, Plan plan) {
    KeyState known = states.known(key);
    return known != null && known.plan == plan && !known.isRetired() ? known : null;
  }

  private KeyState state(String key, Plan plan, long tick) {
    // Any node's clock will do to make a state: it only moves forward from there.
    return states.of(key, plan, topology.node(0).clock.millisAt(tick));
  }

  /** Redis is back: what was admitted locally in windows still open is added to their counters. */
  private void report() {
    states.forEach(
        state -> {
          Node node = topology.node(state.slot);
          if (state.hasUnreported(node.clock.millis())) {
            long deadline = ticker.read() + timeoutNanos;
            node.lane(true)
                .push(new Ask(Ask.Kind.REPORT, "", state, 0, deadline, node, null, null));
          }
        });
    topology.nodes().forEach(node -> node.lane(true).lead(ticker.read() + timeoutNanos));
  }

  boolean available() {
    return topology.nodes().stream().allMatch(node -> node.guard.isClosed());
  }

  boolean awaitConnected(Duration atMost) {
    long deadline = ticker.read() + atMost.toNanos();
    while (!topology.nodes().stream().allMatch(node -> node.isOpen() && node.guard.isClosed())) {
      if (deadline - ticker.read() <= 0) {
        return false;
      }
      connect();
      ticker.park(1_000_000);
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return true;
  }

  long keys() {
    return states.size();
  }

  void close() {
    scheduler.shutdownNow();
    topology.nodes().forEach(Node::close);
  }
}
