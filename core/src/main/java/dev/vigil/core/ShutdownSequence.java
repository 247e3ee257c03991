package dev.vigil.core;

import dev.vigil.core.internal.Require;
import dev.vigil.core.internal.SuppressForbidden;
import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps by which an application stops, one after the other, each within its own time.
 *
 * <p>A step that fails is reported and the next one runs. A step that hangs is left behind when its
 * time is over, on its daemon thread, not interrupted, and the log says where it hangs. So a
 * sequence ends within the sum of its steps' times. It runs once, whoever asks and how often: by
 * {@link #run()}, or by a JVM shutdown hook where {@link #installHook()} asked for one.
 *
 * <p>Progress goes to the logger {@code vigil.lifecycle}: INFO, and WARN for a step that fails or
 * is left behind.
 *
 * <pre>{@code
 * ShutdownSequence shutdown =
 *     ShutdownSequence.builder()
 *         .step("drain", ofSeconds(1), () -> health.drain("stopping"))
 *         .step("let probes notice", ofSeconds(6), () -> Thread.sleep(5_000))
 *         .step("stop the server", ofSeconds(20), server::stop)
 *         .closing("database pool", ofSeconds(5), pool)
 *         .build();
 * shutdown.installHook();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ShutdownSequence {

  /** Work that may throw. */
  @FunctionalInterface
  public interface Action {
    /** Does it. What it throws is logged, redacted. */
    void run() throws Exception;
  }

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  private final List<ShutdownStep> steps;
  private final Ticker ticker;
  private final VigilThreads threads = VigilThreads.named("shutdown");
  private final AtomicReference<@Nullable Thread> hook = new AtomicReference<>();

  /** Whether the sequence has been started, and by whom; guarded by this. */
  private @Nullable Thread runner;

  private boolean done; // guarded by this
  private boolean clean; // guarded by this

  private ShutdownSequence(List<ShutdownStep> steps, Ticker ticker) {
    this.steps = steps;
    this.ticker = ticker;
  }

  /** A sequence without steps, to which they are added in the order in which they run. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Runs the steps and returns when the last one has ended or been left behind. A second call waits
   * for the first one's end and runs nothing; a call by one of the steps returns at once. Does not
   * stop when interrupted, and keeps the flag.
   *
   * @return whether every step ended in its time without failing; false for a call by a step
   */
  public boolean run() {
    if (ShutdownStep.isStepOf(this)) {
      return false;
    }
    synchronized (this) {
      if (runner != null) {
        return awaitDone();
      }
      runner = Thread.currentThread();
    }
    boolean allClean = runSteps();
    synchronized (this) {
      clean = allClean;
      done = true;
      notifyAll();
    }
    removeHook(); // it has nothing left to do, and would hold on to the application's classes
    return allClean;
  }

  private boolean awaitDone() {
    boolean interrupted = false;
    while (!done) {
      try {
        wait();
      } catch (InterruptedException remembered) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return clean;
  }

  private boolean runSteps() {
    long start = ticker.read();
    log.info("shutdown: {} steps", steps.size());
    boolean allClean = true;
    boolean interrupted = false;
    for (int i = 0; i < steps.size(); i++) {
      interrupted |= Thread.interrupted(); // parking returns at once while the flag is set
      String position = (i + 1) + "/" + steps.size();
      allClean &= steps.get(i).run(this, position, threads, ticker);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    log.info("shutdown: over after {}", shown(ticker.read() - start));
    return allClean;
  }

  /** Nobody reads the microseconds of a shutdown. */
  static Duration shown(long nanos) {
    return Duration.ofNanos(nanos).truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Lets the JVM run the sequence when it ends by itself, by SIGTERM or by Ctrl-C. Without effect
   * where that is so already.
   *
   * @throws IllegalStateException if the JVM is ending already
   */
  @SuppressForbidden("the one hook, and only when the application asks for it")
  public void installHook() {
    Thread thread = threads.newThread(this::run);
    if (hook.compareAndSet(null, thread)) {
      Runtime.getRuntime().addShutdownHook(thread);
    }
  }

  /** Takes the hook away again. Without effect where there is none, or the JVM is ending. */
  public void removeHook() {
    Thread thread = hook.getAndSet(null);
    if (thread != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(thread);
      } catch (IllegalStateException ending) {
        // The hooks are running; this one ends with the sequence.
      }
    }
  }

  /** Collects steps. Not thread-safe; can be used again after {@link #build()}. */
  public static final class Builder {

    private final List<ShutdownStep> steps = new ArrayList<>();
    private Ticker ticker = Ticker.system();

    private Builder() {}

    /**
     * Adds a step behind those that are there.
     *
     * @param name what it does, for the log
     * @param limit how long it may take
     * @throws IllegalArgumentException if {@code name} is blank or {@code limit} is not positive
     */
    public Builder step(String name, Duration limit, Action action) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a step's name must not be blank: the log shows it");
      }
      Require.positive("limit of step \"" + name + "\"", limit);
      steps.add(new ShutdownStep(name, limit, Objects.requireNonNull(action, "action")));
      return this;
    }

    /** Adds a step that closes {@code resource}. */
    public Builder closing(String name, Duration limit, AutoCloseable resource) {
      Objects.requireNonNull(resource, "resource");
      return step(name, limit, resource::close);
    }

    /** The clock that limits are measured by; the system's unless told otherwise. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /** The sequence. */
    public ShutdownSequence build() {
      return new ShutdownSequence(List.copyOf(steps), ticker);
    }
  }
}
