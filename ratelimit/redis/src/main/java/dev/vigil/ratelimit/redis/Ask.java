package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One question to Redis: who waits for it, and what became of it. Answered once: by a decision, by
 * {@link #FAILED}, or given up by its own caller.
 */
final class Ask {

  enum Kind {
    TAKE,
    PEEK,
    /** Adds what was admitted locally; nobody waits. */
    REPORT
  }

  /** The outcome where no answer came; it may have been counted all the same. */
  static final Object FAILED = new Object();

  private static final VarHandle OUTCOME;

  static {
    try {
      OUTCOME = MethodHandles.lookup().findVarHandle(Ask.class, "outcome", Object.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  final Kind kind;
  final String key;
  final KeyState state;
  final int permits;
  final long deadline;
  private final Node node;
  final @Nullable Thread waiter;
  final @Nullable CompletableFuture<Decision> future;

  /** Where it is queued; changes when a cluster sends it elsewhere. */
  volatile Lane lane;

  /** The next older one in the lane's stack, then the next younger one in the batch. */
  @Nullable Ask next;

  /** Set where a slot is on its way to another node (ASK). */
  boolean asking;

  int hops;

  private volatile @Nullable Object outcome;

  Ask(
      Kind kind,
      String key,
      KeyState state,
      int permits,
      long deadline,
      Node node,
      @Nullable Thread waiter,
      @Nullable CompletableFuture<Decision> future) {
    this.kind = kind;
    this.key = key;
    this.state = state;
    this.permits = permits;
    this.deadline = deadline;
    this.node = node;
    lane = node.lane(waiter != null);
    this.waiter = waiter;
    this.future = future;
  }

  /** Where it was asked first. */
  Node node() {
    return node;
  }

  @Nullable Object outcome() {
    return outcome;
  }

  /** Settles the question; false where it was settled before. */
  boolean settle(Object with) {
    return OUTCOME.compareAndSet(this, (Object) null, with);
  }

  /** Settles the question and tells whoever waits. */
  void answer(Object with) {
    if (settle(with)) {
      if (future == null) {
        wake();
      } else {
        complete();
      }
    }
  }

  /** Completes the future of a question that is settled. */
  void complete() {
    Object settled = outcome;
    if (future != null && settled != null) {
      future.complete(settled instanceof Decision decision ? decision : lane.fallback(this));
    }
  }

  void wake() {
    if (waiter != null) {
      LockSupport.unpark(waiter);
    }
  }
}
