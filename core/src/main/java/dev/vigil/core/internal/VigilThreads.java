package dev.vigil.core.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the house's threads: daemons named {@code vigil-<purpose>-<n>}, with the class loader that
 * was the context's when the factory was made, and without the inheritable thread-locals of whoever
 * happens to start them.
 *
 * <p>Thread-safe.
 */
public final class VigilThreads implements ThreadFactory {

  private final String purpose;
  private final @Nullable ClassLoader contextClassLoader;
  private final AtomicInteger made = new AtomicInteger();

  private VigilThreads(String purpose, @Nullable ClassLoader contextClassLoader) {
    this.purpose = purpose;
    this.contextClassLoader = contextClassLoader;
  }

  /** A factory for threads of one purpose, for example {@code "health"}. */
  public static VigilThreads named(String purpose) {
    return new VigilThreads(purpose, Thread.currentThread().getContextClassLoader());
  }

  @Override
  public Thread newThread(Runnable work) {
    String name = "vigil-" + purpose + "-" + made.incrementAndGet();
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(contextClassLoader);
    return thread;
  }
}
