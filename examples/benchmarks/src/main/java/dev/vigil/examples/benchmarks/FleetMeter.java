package dev.vigil.examples.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Runs one contestant in one cell for a while. */
final class FleetMeter {

  private static final long WARM_UP_MILLIS = 300;

  /** Calls whose time is kept, of one caller. */
  private static final int KEPT = 1 << 18;

  /**
   * What was seen.
   *
   * @param rate decisions a second
   * @param medianNanos of one call by one caller; zero in other cells
   * @param cpuMicros CPU time of this process a decision, callers and client together
   * @param foreign the share of others in the machine's CPU time
   */
  record Reading(double rate, double medianNanos, double cpuMicros, double foreign) {}

  private final FleetCell cell;
  private final FleetContestant contestant;
  private final LongAdder decisions = new LongAdder();
  private final AtomicBoolean over = new AtomicBoolean();
  private final long[] nanos;
  private volatile Exception failure;
  private int kept;

  private FleetMeter(FleetCell cell, FleetContestant contestant) {
    this.cell = cell;
    this.contestant = contestant;
    nanos = new long[cell.callers() == FleetCell.Callers.THREADS_1 ? KEPT : 0];
  }

  static Reading read(FleetCell cell, FleetContestant contestant, int seconds) throws Exception {
    return new FleetMeter(cell, contestant).run(seconds);
  }

  private Reading run(int seconds) throws Exception {
    List<Thread> callers = new ArrayList<>();
    ThreadFactory threads = cell.callers().factory();
    for (int i = 0; i < cell.callers().threads; i++) {
      callers.add(threads.newThread(this::call));
    }
    callers.forEach(Thread::start);
    Thread.sleep(WARM_UP_MILLIS);
    long before = decisions.sum();
    long start = System.nanoTime();
    CpuShare cpu = CpuShare.now();
    Thread.sleep(seconds * 1_000L);
    long decided = decisions.sum() - before;
    double rate = decided * 1e9 / (System.nanoTime() - start);
    CpuShare then = CpuShare.now();
    double foreign = then.foreignSince(cpu);
    double cpuMicros = (then.nanos() - cpu.nanos()) / 1e3 / Math.max(1, decided);
    over.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    if (failure != null) {
      throw failure;
    }
    int used = Math.min(kept, nanos.length);
    Arrays.sort(nanos, 0, used);
    return new Reading(rate, used == 0 ? 0 : nanos[used / 2], cpuMicros, foreign);
  }

  private void call() {
    try {
      if (cell.callers().isAsync()) {
        callAsync();
      } else if (nanos.length > 0) {
        callTimed();
      } else {
        while (!over.get()) {
          contestant.decide(cell.load().key());
          decisions.increment();
        }
      }
    } catch (Exception e) {
      failure = e;
    }
  }

  private void callTimed() throws Exception {
    long before = System.nanoTime();
    while (!over.get()) {
      contestant.decide(cell.load().key());
      decisions.increment();
      long now = System.nanoTime();
      nanos[kept++ & KEPT - 1] = now - before;
      before = now;
    }
  }

  private void callAsync() throws Exception {
    CompletionStage<?>[] flying = new CompletionStage<?>[FleetCell.Callers.IN_FLIGHT];
    while (!over.get()) {
      for (int i = 0; i < flying.length; i++) {
        flying[i] = contestant.decideAsync(cell.load().key());
      }
      for (CompletionStage<?> each : flying) {
        each.toCompletableFuture().get();
      }
      decisions.add(flying.length);
    }
  }

  /** Visits every key of the random load once, so that the readings are of known ones. */
  static void fill(FleetContestant contestant) throws Exception {
    Thread[] threads = new Thread[64];
    for (int i = 0; i < threads.length; i++) {
      int first = i;
      threads[i] =
          new Thread(
              () -> {
                try {
                  for (int key = first; key < FleetCell.MANY; key += threads.length) {
                    contestant.decide("k" + key);
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
