package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Unhealthy while threads wait for each other in a circle, over monitors or ownable synchronisers
 * ({@link ThreadMXBean#findDeadlockedThreads()}).
 *
 * <p>Nothing but a restart cures a deadlock, so this is the one built-in check for the liveness
 * group. The JVM does not look at virtual threads. The search stops all threads for a moment, which
 * grows with their number; the registry's freshness window bounds how often.
 *
 * <p>Data: {@code deadlockedThreads} (a count) and {@code threads}: of the first 10, the names of
 * the thread, of the lock that it waits for and of the thread that holds that lock. Stateless and
 * thread-safe.
 */
public final class DeadlockCheck implements HealthCheck {

  private static final int SHOWN = 10;
  private static final int LONGEST_NAME = 100;

  private final ThreadMXBean threads;

  private DeadlockCheck(ThreadMXBean threads) {
    this.threads = threads;
  }

  /** Looks at the threads of this JVM. */
  public static DeadlockCheck create() {
    return create(ManagementFactory.getThreadMXBean());
  }

  static DeadlockCheck create(ThreadMXBean threads) {
    return new DeadlockCheck(threads);
  }

  @Override
  public HealthResult check(CheckContext context) {
    // Null where there are none. A JVM that cannot see synchronisers still sees monitors.
    long[] ids =
        threads.isSynchronizerUsageSupported()
            ? threads.findDeadlockedThreads()
            : threads.findMonitorDeadlockedThreads();
    if (ids == null || ids.length == 0) {
      return HealthResult.healthy();
    }
    List<Map<String, String>> shown = new ArrayList<>();
    for (ThreadInfo thread : threads.getThreadInfo(ids)) {
      // Null where the thread has ended since.
      if (thread != null && shown.size() < SHOWN) {
        shown.add(describe(thread));
      }
    }
    return HealthResult.unhealthy(ids.length + " threads are deadlocked")
        .with("deadlockedThreads", ids.length)
        .with("threads", shown);
  }

  private static Map<String, String> describe(ThreadInfo thread) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", bounded(thread.getThreadName()));
    facts.put("waitsFor", bounded(String.valueOf(thread.getLockName())));
    facts.put("heldBy", bounded(String.valueOf(thread.getLockOwnerName())));
    return facts;
  }

  private static String bounded(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }
}
