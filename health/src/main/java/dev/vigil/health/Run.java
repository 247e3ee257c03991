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
  private volatile long beginTick;

  // Written under the lock; read without it where an old value does no harm.
  private volatile @Nullable Thread thread;
  private volatile @Nullable List<Runnable> cancelActions;

  // Guarded by this.
  private boolean begun;
  private boolean abandoned;
  private boolean ended;
  private @Nullable Evaluation waiting;
  private @Nullable List<Evaluation> othersWaiting;

  /**
   * A run to be.
   *
   * @param waiting who wants it, if somebody waits
   */
  Run(
      CheckSlot slot,
      long startTick,
      @Nullable HealthResult previous,
      @Nullable Evaluation waiting) {
    this.slot = slot;
    this.startTick = startTick;
    this.previous = previous;
    this.waiting = waiting;
    this.beginTick = startTick;
    this.deadline = startTick + slot.policy().timeout();
  }

  long startTick() {
    return startTick;
  }

  /**
   * When a thread began to execute it: somewhat later than it was wanted, where no thread was free.
   */
  long beginTick() {
    return beginTick;
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
    execute(slot.moment());
  }

  /** Runs the check, from {@code moment} on; leaves it at the end of the run. */
  void execute(Moment moment) {
    if (!begin(moment.tick())) {
      return;
    }
    HealthCheck sync = slot.sync();
    AsyncHealthCheck async = slot.async();
    try {
      if (sync != null) {
        slot.returned(this, leave(sync.check(this)), moment);
      } else if (async != null) {
        CompletionStage<HealthResult> stage = async.check(this);
        leave(null);
        Objects.requireNonNull(stage, "the check returned null instead of a stage")
            .whenComplete(this::completed);
      }
    } catch (Throwable thrown) { // an Error of the check is the check's failure, not this thread's
      leave(null);
      slot.threw(this, thrown, moment);
    }
  }

  private void completed(@Nullable HealthResult result, @Nullable Throwable thrown) {
    if (thrown == null) {
      slot.returned(this, result, slot.moment());
      return;
    }
    Throwable cause = thrown.getCause();
    slot.threw(
        this,
        thrown instanceof CompletionException && cause != null ? cause : thrown,
        slot.moment());
  }

  /** Whether the run may go on: false where it has been given up before it got a thread. */
  private synchronized boolean begin(long tick) {
    if (abandoned) {
      return false;
    }
    begun = true;
    beginTick = tick;
    thread = Thread.currentThread();
    return true;
  }

  /**
   * Detaches the run from what it did, so that no cancellation meets whatever its thread does next.
   */
  private @Nullable HealthResult leave(@Nullable HealthResult result) {
    boolean interrupting = slot.policy().interrupting();
    if (interrupting || cancelActions != null) {
      synchronized (this) {
        ended = slot.async() == null;
        thread = null;
        cancelActions = ended ? null : cancelActions;
      }
    } else {
      thread = null;
    }
    if (interrupting) {
      Thread.interrupted(); // ours, at the time-out; the thread is a worker and serves others next
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
    Thread executing = thread;
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
      Thread executing = thread;
      if (slot.policy().interrupting() && executing != null) {
        executing.interrupt();
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

  /** Lets go whoever waits, since the time-out has passed. The state must say so before. */
  void settle() {
    settle(false);
  }

  /** Lets go whoever waits, since the run is over. The state must say so before. */
  void finish() {
    settle(true);
  }

  private void settle(boolean over) {
    Evaluation first;
    List<Evaluation> others;
    synchronized (this) {
      if (over) {
        ended = true;
        cancelActions = null;
      }
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
        List<Runnable> actions = cancelActions == null ? new ArrayList<>(2) : cancelActions;
        actions.add(action);
        cancelActions = actions;
        return;
      }
    }
    slot.aside(action);
  }
}
