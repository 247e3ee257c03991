package dev.vigil.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One run of one check, from the moment somebody wanted it to the moment it returned, however late.
 * Also what the check sees of it.
 *
 * <p>Its own lock guards who waits, who executes and what to do on cancellation; {@link CheckSlot}
 * decides what its outcome means.
 */
final class Run implements CheckContext, Runnable {

  private final CheckSlot slot;
  private final long startTick;
  private final @Nullable HealthResult previous;

  private volatile boolean cancelled;
  private volatile boolean settled;
  private volatile long deadline;

  // All below guarded by this.
  private @Nullable Thread thread;
  private boolean begun;
  private boolean abandoned;
  private boolean ended;
  private @Nullable Evaluation waiting;
  private @Nullable List<Evaluation> othersWaiting;
  private @Nullable List<Runnable> cancelActions;

  Run(CheckSlot slot, long startTick, @Nullable HealthResult previous) {
    this.slot = slot;
    this.startTick = startTick;
    this.previous = previous;
    this.deadline = startTick + slot.policy().timeout();
  }

  long startTick() {
    return startTick;
  }

  /** When it counts as failed, or has, when it counts as failed once more. */
  long deadline() {
    return deadline;
  }

  void deadline(long next) {
    deadline = next;
  }

  /** No thread was to be had for it. */
  void refused(Throwable why) {
    if (abandon()) {
      slot.refused(this, why);
    }
  }

  /** Whether nobody has to wait for it: it has returned, or it has been counted as timed out. */
  boolean settled() {
    return settled;
  }

  /**
   * Whether its check usually takes no time to speak of, so that waking a second thread for its
   * neighbour is waste.
   */
  boolean quick() {
    return slot.quick();
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    HealthCheck sync = slot.sync();
    AsyncHealthCheck async = slot.async();
    try {
      if (sync != null) {
        slot.returned(this, leave(sync.check(this)));
      } else if (async != null) {
        CompletionStage<HealthResult> stage = async.check(this);
        leave(null);
        Objects.requireNonNull(stage, "the check returned null instead of a stage")
            .whenComplete(this::completed);
      }
    } catch (Throwable thrown) { // an Error of the check is the check's failure, not this thread's
      leave(null);
      slot.threw(this, thrown);
    }
  }

  private void completed(@Nullable HealthResult result, @Nullable Throwable thrown) {
    if (thrown == null) {
      slot.returned(this, result);
      return;
    }
    Throwable cause = thrown.getCause();
    slot.threw(this, thrown instanceof CompletionException && cause != null ? cause : thrown);
  }

  /** Whether the run may go on: false where it has been given up before it got a thread. */
  private synchronized boolean begin() {
    if (abandoned) {
      return false;
    }
    begun = true;
    thread = Thread.currentThread();
    return true;
  }

  /** Detaches the thread, so that no interrupt meant for the check meets whatever it does next. */
  private @Nullable HealthResult leave(@Nullable HealthResult result) {
    synchronized (this) {
      if (thread == null) {
        return result;
      }
      thread = null;
    }
    if (slot.policy().interrupting()) {
      Thread.interrupted(); // ours, at the time-out; the thread is a worker and serves other checks
      // next
    }
    return result;
  }

  /** Gives the run up if it has not got a thread yet. */
  synchronized boolean abandon() {
    abandoned = !begun;
    return abandoned;
  }

  /**
   * Where it is now: innermost frame first, at most {@code most}; empty where no thread executes
   * it.
   */
  List<String> frames(int most) {
    Thread executing;
    synchronized (this) {
      executing = thread;
    }
    if (executing == null) {
      return List.of();
    }
    StackTraceElement[] trace = executing.getStackTrace();
    List<String> frames = new ArrayList<>(most);
    for (int i = 0; i < trace.length && i < most; i++) {
      frames.add(words(trace[i]));
    }
    return List.copyOf(frames);
  }

  /** As {@link StackTraceElement#toString()} has it, without module and class loader. */
  private static String words(StackTraceElement frame) {
    String place =
        frame.isNativeMethod()
            ? "native"
            : frame.getFileName() + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber());
    return frame.getClassName() + '.' + frame.getMethodName() + '(' + place + ')';
  }

  /** Tells the check that nobody waits any more, and has its cancel actions run aside. */
  void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      if (cancelled || ended) {
        return;
      }
      cancelled = true;
      actions = cancelActions;
      cancelActions = null;
      if (slot.policy().interrupting() && thread != null) {
        thread.interrupt();
      }
    }
    if (actions != null) {
      actions.forEach(slot::aside);
    }
  }

  /** Adds someone who waits; false where there is nothing to wait for any more. */
  synchronized boolean join(Evaluation evaluation) {
    if (settled) {
      return false;
    }
    if (waiting == null) {
      waiting = evaluation;
    } else {
      if (othersWaiting == null) {
        othersWaiting = new ArrayList<>();
      }
      othersWaiting.add(evaluation);
    }
    return true;
  }

  /** Lets go whoever waits. The outcome must be visible before. */
  void settle() {
    Evaluation first;
    List<Evaluation> others;
    synchronized (this) {
      settled = true;
      first = waiting;
      others = othersWaiting;
      waiting = null;
      othersWaiting = null;
    }
    if (first != null) {
      first.arrived();
    }
    if (others != null) {
      others.forEach(Evaluation::arrived);
    }
  }

  /** It has returned: nothing is left to cancel. */
  synchronized void end() {
    ended = true;
    cancelActions = null;
  }

  @Override
  public String name() {
    return slot.policy().name();
  }

  @Override
  public Duration remaining() {
    long left = startTick + slot.policy().timeout() - slot.now();
    return left > 0 && !cancelled ? Duration.ofNanos(left) : Duration.ZERO;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public Optional<HealthResult> previous() {
    return Optional.ofNullable(previous);
  }

  @Override
  public void onCancel(Runnable action) {
    Objects.requireNonNull(action, "action");
    synchronized (this) {
      if (ended) {
        return;
      }
      if (!cancelled) {
        if (cancelActions == null) {
          cancelActions = new ArrayList<>(2);
        }
        cancelActions.add(action);
        return;
      }
    }
    slot.aside(action);
  }
}
