package dev.vigil.health.publish;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.core.internal.VigilThreads;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.internal.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps three files in a directory for probes by file: {@code live}, {@code ready} and {@code
 * started}, each there while its group is healthy or degraded, and gone while it is unhealthy.
 *
 * <p>Each is written anew, as a whole, at every change and every interval (5 s by default), so that
 * its age tells a process that hangs from one that is well. It holds the status and the time:
 * {@code healthy 2026-01-01T00:00:00Z}. As an exec probe: {@code test -n "$(find /run/orders/ready
 * -mmin -1)"}.
 *
 * <pre>{@code
 * FilePublisher files = FilePublisher.start(registry, Path.of("/run/orders"));
 * }</pre>
 *
 * <p><b>Under failure.</b> A file that cannot be written is reported once until it can be again;
 * the old one then stays and grows old. One daemon thread {@code vigil-health-files-<n>}; {@link
 * #close} ends it and removes the files. Thread-safe.
 */
public final class FilePublisher implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final long CLOSE_MILLIS = 2_000;

  private static final Map<String, HealthGroup> FILES = files();

  private final HealthRegistry registry;
  private final Path directory;
  private final long interval;
  private final Ticker ticker;
  private final Thread thread;
  private volatile boolean poked;
  private volatile boolean closed;
  private boolean failing; // the thread's own

  private FilePublisher(HealthRegistry registry, Path directory, Duration interval, Ticker ticker) {
    this.registry = registry;
    this.directory = directory;
    this.interval = interval.toNanos();
    this.ticker = ticker;
    this.thread = VigilThreads.named("health-files").newThread(this::run);
  }

  private static Map<String, HealthGroup> files() {
    Map<String, HealthGroup> files = new LinkedHashMap<>();
    files.put("live", HealthGroup.LIVENESS);
    files.put("ready", HealthGroup.READINESS);
    files.put("started", HealthGroup.STARTUP);
    return files;
  }

  /**
   * Starts to keep the files, every 5 s.
   *
   * @param directory exists, and is not shared with another service
   */
  public static FilePublisher start(HealthRegistry registry, Path directory) {
    return start(registry, directory, INTERVAL);
  }

  /**
   * Starts to keep the files.
   *
   * @param directory exists, and is not shared with another service
   * @param interval positive
   */
  public static FilePublisher start(HealthRegistry registry, Path directory, Duration interval) {
    return start(registry, directory, interval, Ticker.system());
  }

  static FilePublisher start(
      HealthRegistry registry, Path directory, Duration interval, Ticker ticker) {
    FilePublisher publisher =
        new FilePublisher(
            Objects.requireNonNull(registry, "registry"),
            Objects.requireNonNull(directory, "directory"),
            Require.positive("interval", interval),
            ticker);
    registry.addListener(change -> publisher.poke());
    publisher.thread.start();
    return publisher;
  }

  private void poke() {
    poked = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      poked = false;
      FILES.forEach(this::keep);
      long start = ticker.read();
      long left = interval;
      while (left > 0 && !poked && !closed) {
        ticker.park(left);
        left = interval - (ticker.read() - start);
      }
    }
  }

  private void keep(String name, HealthGroup group) {
    Path file = directory.resolve(name);
    try {
      var report = registry.check(group);
      if (report.status() == HealthStatus.UNHEALTHY) {
        Files.deleteIfExists(file);
      } else {
        String line = report.status().word() + " " + report.timestamp() + "\n";
        WholeFile.replace(file, line.getBytes(StandardCharsets.UTF_8));
      }
      failing = false;
    } catch (IOException | RuntimeException failure) {
      if (!failing) {
        failing = true;
        ErrorReporter.logging().report("keeping the health files (said once)", failure);
      }
    }
  }

  /** Ends and removes the files. Waits up to 2 s for the thread. Idempotent. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    for (String name : FILES.keySet()) {
      try {
        Files.deleteIfExists(directory.resolve(name));
      } catch (IOException failure) {
        ErrorReporter.logging().report("removing a health file", failure);
      }
    }
  }
}
