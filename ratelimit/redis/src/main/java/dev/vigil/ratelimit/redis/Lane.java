package dev.vigil.ratelimit.redis;

import dev.vigil.core.internal.VigilThreads;
import dev.vigil.ratelimit.Decision;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Combines whoever asks at the same time on one connection. Callers put their question on a stack;
 * one of them becomes the leader, takes all, sends them in one write, reads the answers, and tells
 * everyone. What arrives meanwhile is the next batch. There is no timer: a lone caller is its own
 * leader at once.
 *
 * <p>A <em>pumped</em> lane has a thread of its own for a leader: for callers that do not wait, and
 * for links that do not keep a deadline.
 */
final class Lane {

  private static final long IDLE_NANOS = 1_000_000_000;
  private static final long EXPIRY_NANOS = 1_000_000;

  private final Node node;
  private final boolean pumped;
  private final Function<Ask, Decision> fallback;
  private final AtomicReference<@Nullable Ask> newest = new AtomicReference<>();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicBoolean pumpStarted = new AtomicBoolean();
  private final AtomicBoolean pumpIdle = new AtomicBoolean();
  private volatile @Nullable Link link;
  private volatile @Nullable Thread pump;
  private volatile boolean closed;

  Lane(Node node, boolean pumped, Function<Ask, Decision> fallback) {
    this.node = node;
    this.pumped = pumped;
    this.fallback = fallback;
  }

  boolean isPumped() {
    return pumped;
  }

  boolean isOpen() {
    return link != null;
  }

  /** Whether a link is wanted: always, or for a pumped lane once it is used. */
  boolean wantsLink() {
    return !closed && link == null && (!pumped || pump != null);
  }

  void attach(Link opened) {
    detach();
    link = opened;
    if (closed) {
      detach(); // the limiter was closed while this was opened
    }
    wakeOne();
  }

  void detach() {
    Link before = link;
    link = null;
    if (before != null) {
      before.close();
    }
  }

  /** Queues a question. */
  void push(Ask ask) {
    ask.lane = this;
    while (true) {
      Ask before = newest.get();
      ask.next = before;
      if (newest.compareAndSet(before, ask)) {
        break;
      }
    }
    if (pumped) {
      startPump();
      if (pumpIdle.get() && pumpIdle.compareAndSet(true, false)) {
        LockSupport.unpark(pump);
      }
    }
  }

  /** Waits for the answer, leading where nobody does, until the question's deadline. */
  static Object await(Ask ask) {
    boolean interrupted = false;
    try {
      while (true) {
        Object outcome = ask.outcome();
        if (outcome != null) {
          return outcome;
        }
        Lane lane = ask.lane;
        long left = ask.deadline - lane.node.ticker.read();
        if (left <= 0) {
          if (ask.settle(Ask.FAILED)) {
            lane.gaveUp();
            return Ask.FAILED;
          }
        } else if (!lane.lead(ask.deadline) && ask.outcome() == null) {
          lane.node.ticker.park(left);
        }
        interrupted |= Thread.interrupted(); // else parking would be spinning
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void gaveUp() {
    Link current = link;
    if (current == null || !current.isPunctual()) {
      node.guard.failure("no answer within the decision time-out");
    }
    wakeOne(); // it may have been chosen to lead
  }

  /** Sends what is queued, unless someone else does; whether it did. */
  boolean lead(long deadline) {
    if (link == null) {
      node.connectSoon();
      return false;
    }
    boolean mine = !pumped || Thread.currentThread() == pump;
    if (!mine || newest.get() == null || !leading.compareAndSet(false, true)) {
      return false;
    }
    try {
      batch(deadline);
    } finally {
      leading.set(false);
      wakeOne();
    }
    return true;
  }

  private void batch(long deadline) {
    Link current = link;
    if (current == null) {
      return;
    }
    Ask taken = newest.getAndSet(null);
    int asks = 0;
    for (Ask ask = taken; ask != null; ask = ask.next) {
      asks++;
    }
    Ask each = oldestFirst(taken);
    long tick = node.ticker.read();
    Batch batch = new Batch(node, current, tick, deadline, asks);
    while (each != null) {
      Ask following = each.next;
      if (each.outcome() == null) {
        batch.add(each);
      }
      each = following;
    }
    try {
      RuntimeException refusal = batch.exchange();
      if (refusal == null) {
        node.guard.success(node.ticker.read() - tick);
      } else {
        failed(current, refusal);
      }
    } catch (RuntimeException failure) {
      failed(current, failure);
    }
  }

  private void failed(Link broken, RuntimeException failure) {
    if (link == broken) {
      link = null;
    }
    broken.close();
    node.guard.failure(failure);
    node.connectSoon();
  }

  private static @Nullable Ask oldestFirst(@Nullable Ask newestFirst) {
    Ask reversed = null;
    Ask each = newestFirst;
    while (each != null) {
      Ask older = each.next;
      each.next = reversed;
      reversed = each;
      each = older;
    }
    return reversed;
  }

  private void wakeOne() {
    if (pumped) {
      LockSupport.unpark(pump);
      return;
    }
    // A leader may turn the list round meanwhile; then this meets others who wait, or its end.
    for (Ask each = newest.get(); each != null; each = each.next) {
      if (each.outcome() == null && each.waiter != null) {
        each.wake();
        return;
      }
    }
  }

  /** What is answered where Redis did not. */
  Decision fallback(Ask ask) {
    return fallback.apply(ask);
  }

  private void startPump() {
    if (!pumpStarted.get() && pumpStarted.compareAndSet(false, true)) {
      Thread thread = VigilThreads.named("ratelimit-lane").newThread(this::pump);
      pump = thread;
      thread.start();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint, and right without it
  private void pump() {
    while (!closed || newest.get() != null) {
      if (newest.get() == null) {
        pumpIdle.set(true);
        if (newest.get() == null) {
          node.ticker.park(IDLE_NANOS);
        }
        pumpIdle.set(false);
        Thread.yield(); // whoever woke us may have more to ask, and others too
      } else if (!lead(node.ticker.read() + node.timeoutNanos)) {
        expire();
        node.ticker.park(EXPIRY_NANOS);
      }
    }
  }

  /** Without a link: answers those whose time is over. */
  private void expire() {
    Ask each = oldestFirst(newest.getAndSet(null));
    long tick = node.ticker.read();
    boolean some = false;
    while (each != null) {
      Ask following = each.next;
      if (each.outcome() == null) {
        if (closed || each.deadline - tick <= 0 || !node.guard.isClosed()) {
          some = true;
          each.answer(Ask.FAILED);
        } else {
          push(each);
        }
      }
      each = following;
    }
    if (some) {
      node.guard.failure("no connection within the decision time-out");
    }
  }

  void close() {
    closed = true;
    detach();
    LockSupport.unpark(pump);
  }
}
