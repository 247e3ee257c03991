package dev.vigil.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves threads of ours behind: those named {@code vigil-*} that were not there
 * before it and are still alive five seconds after it.
 *
 * <p>{@code @ExtendWith(LeakedThreads.class)} on a class, or a static {@code @RegisterExtension}
 * field, compares before the class's first test with after its last, so that tests may share what
 * {@code @BeforeAll} made. On a method, or as an instance field, it compares around each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * final LeakedThreads threads = LeakedThreads.named("vigil-health-").within(Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>Looks at the whole JVM, so not for tests that run side by side. Virtual threads are not seen.
 */
public final class LeakedThreads
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeakedThreads.class);
  private static final int FRAMES = 8;

  private final String prefix;
  private final Duration wait;
  private final Object around = new Object(); // key of what a whole class is compared with

  /** Watches {@code vigil-*} threads, and gives them five seconds to end. */
  public LeakedThreads() {
    this("vigil-", Duration.ofSeconds(5));
  }

  private LeakedThreads(String prefix, Duration wait) {
    this.prefix = prefix;
    this.wait = wait;
  }

  /** Watches threads whose names start with {@code prefix}. */
  public static LeakedThreads named(String prefix) {
    return new LeakedThreads(Objects.requireNonNull(prefix, "prefix"), Duration.ofSeconds(5));
  }

  /** The same with another time, in which threads that are ending may end. */
  public LeakedThreads within(Duration wait) {
    return new LeakedThreads(prefix, Objects.requireNonNull(wait, "wait"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(NAMESPACE).put(around, alive());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!watchesClass(context)) {
      context.getStore(NAMESPACE).put(this, alive());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    if (!watchesClass(context)) {
      failOnThreadsSince(context.getStore(NAMESPACE).remove(this));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    failOnThreadsSince(context.getStore(NAMESPACE).remove(around));
  }

  /** A method's store falls back on its class's. */
  private boolean watchesClass(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(around) != null;
  }

  private void failOnThreadsSince(Object before) throws InterruptedException {
    Set<Thread> started = alive();
    started.removeAll((Set<?>) before);
    // Real time: the threads watched are real, whatever clock they go by.
    long end = System.nanoTime() + wait.toNanos();
    for (Thread thread : started) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left > 0) {
        thread.join(left);
      }
    }
    List<Thread> leaked = started.stream().filter(Thread::isAlive).toList();
    if (!leaked.isEmpty()) {
      throw new AssertionError(
          leaked.size()
              + " thread(s) still alive "
              + wait
              + " after the test; close what started them:"
              + leaked.stream().map(LeakedThreads::describe).collect(Collectors.joining()));
    }
  }

  private Set<Thread> alive() {
    Set<Thread> alive = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(prefix)) {
        alive.add(thread);
      }
    }
    return alive;
  }

  private static String describe(Thread thread) {
    StringBuilder text = new StringBuilder("\n  ").append(thread.getName());
    StackTraceElement[] frames = thread.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
      text.append("\n    at ").append(frames[i]);
    }
    return text.toString();
  }
}
