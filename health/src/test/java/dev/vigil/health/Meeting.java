package dev.vigil.health;

import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How a test's threads meet: by conditions with a limit in real time, never by sleeping and hoping.
 */
final class Meeting {

  private Meeting() {}

  /** Has something done on another thread. */
  static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(work.get());
              } catch (Throwable failure) {
                done.completeExceptionally(failure);
              }
            },
            "caller");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  static <T> T join(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  static void until(BooleanSupplier condition) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - limit > 0) {
        throw new AssertionError("did not come about within 30 s");
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  /**
   * Moves time on in steps, so that whoever is woken on the way can act, until the condition holds.
   */
  static void advanceUntil(FakeTime time, Duration step, BooleanSupplier condition) {
    until(
        () -> {
          if (condition.getAsBoolean()) {
            return true;
          }
          time.advance(step);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // lets the woken ones act
          return condition.getAsBoolean();
        });
  }
}
