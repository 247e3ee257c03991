package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that fills its heap first with garbage and then with what stays, and prints what the
 * memory check says of each. Argument: whether to ask for full collections.
 */
final class CollectedHeap {

  private static final int CHUNK = 32 * 1024;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private static volatile byte[] sink;

  private CollectedHeap() {}

  public static void main(String[] args) {
    boolean full = args[0].equals("full");
    MemoryCheck check = MemoryCheck.create().heapThresholds(60, 95);

    churn(400);
    System.gc();
    System.out.println("garbage " + until(check, full, HealthStatus.HEALTHY));

    long total = (long) usage(check.check(FakeContext.tenSeconds())).get("total");
    List<byte[]> kept = new ArrayList<>();
    for (long bytes = 0; bytes < total * 7 / 10; bytes += CHUNK) {
      kept.add(new byte[CHUNK]);
    }
    System.out.println("kept " + until(check, full, HealthStatus.DEGRADED));

    kept.clear();
    System.gc();
    System.out.println("freed " + until(check, true, HealthStatus.HEALTHY));
  }

  /** Goes on making garbage until the check says so of a collected heap, or patience ends. */
  private static String until(MemoryCheck check, boolean full, HealthStatus expected) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    HealthResult result;
    do {
      churn(8);
      if (full) {
        System.gc();
      }
      LockSupport.parkNanos(20_000_000); // collections are notified on another thread
      result = check.check(FakeContext.tenSeconds());
    } while ((result.status() != expected || unknown(result)) && System.nanoTime() - end < 0);
    return result.status().word() + (unknown(result) ? " unknown" : "") + " " + usage(result);
  }

  private static boolean unknown(HealthResult result) {
    return result.message() != null && result.message().startsWith("no garbage collection");
  }

  private static void churn(int megabytes) {
    for (int i = 0; i < megabytes * (1 << 20) / CHUNK; i++) {
      sink = new byte[CHUNK];
    }
  }

  private static Map<?, ?> usage(HealthResult result) {
    return (Map<?, ?>) result.data().get("memoryUsage");
  }
}
