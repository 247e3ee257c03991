package dev.vigil.sentry;

import dev.vigil.core.Redactor;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.SuppressForbidden;
import dev.vigil.core.internal.VigilThreads;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's handler of uncaught exceptions, while it is installed: captures, prints to the log,
 * calls the handler that was there before, and where asked for begins the application's shutdown.
 * Each of these is done whether or not the one before fails.
 */
final class UncaughtErrors implements UncaughtExceptionHandler {

  /** What comes from here has been captured already. */
  static final String LOGGER = UncaughtErrors.class.getName();

  private static final Logger log = LoggerFactory.getLogger(LOGGER);

  private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

  private final BiConsumer<Thread, Throwable> capture;
  private final Redactor redactor;
  private final @Nullable Runnable shutdown;
  private final Ticker ticker;
  private final VigilThreads threads = VigilThreads.named("uncaught");
  private final AtomicBoolean shuttingDown = new AtomicBoolean();
  private @Nullable UncaughtExceptionHandler previous;

  UncaughtErrors(
      BiConsumer<Thread, Throwable> capture,
      Redactor redactor,
      @Nullable Runnable shutdown,
      Ticker ticker) {
    this.capture = capture;
    this.redactor = redactor;
    this.shutdown = shutdown;
    this.ticker = ticker;
  }

  @SuppressForbidden("the application asked for it by a call")
  void install() {
    previous = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(this);
  }

  /** Puts the handler before back, unless someone else's came in the meantime. */
  @SuppressForbidden("takes back what install() did")
  void remove() {
    if (Thread.getDefaultUncaughtExceptionHandler() == this) {
      Thread.setDefaultUncaughtExceptionHandler(previous);
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    attempt(() -> capture.accept(thread, thrown));
    attempt(
        () ->
            log.error(
                "uncaught exception in thread {}", thread.getName(), redactor.redact(thrown)));
    UncaughtExceptionHandler before = previous;
    if (before != null) {
      attempt(() -> before.uncaughtException(thread, thrown));
    }
    Runnable stop = shutdown;
    if (stop != null && shuttingDown.compareAndSet(false, true)) {
      Thread stopping = threads.newThread(() -> stopAfterGrace(stop));
      stopping.setDaemon(false); // or the JVM ends with its main thread, and nothing is flushed
      stopping.start();
    }
  }

  private void stopAfterGrace(Runnable stop) {
    long start = ticker.read();
    for (long left = GRACE_NANOS; left > 0; left = GRACE_NANOS - (ticker.read() - start)) {
      ticker.park(left);
    }
    attempt(stop);
  }

  /** The top of a thread that ends: an error of ours must not hide the application's. */
  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (Throwable ours) {
      try {
        log.warn("handling an uncaught exception failed: {}", ours.getClass().getName());
      } catch (Throwable nothingLeft) {
        // out of memory, most likely
      }
    }
  }
}
