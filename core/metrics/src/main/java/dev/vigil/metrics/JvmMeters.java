package dev.vigil.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The meters of the JVM and its process, by Micrometer's binders and under their names: memory and
 * heap pressure, garbage collection, threads, classes, processors, file descriptors, uptime.
 *
 * <pre>{@code
 * try (JvmMeters jvm = JvmMeters.bind(registry)) { ... }
 * }</pre>
 *
 * <p>Closing takes away the listeners that some of them keep at the JVM's garbage collectors and at
 * Logback, which would hold the application's classes otherwise; the meters stay. Thread-safe.
 */
public final class JvmMeters implements AutoCloseable {

  private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

  private final MeterRegistry registry;
  private final List<AutoCloseable> open = new ArrayList<>(); // guarded by this
  private boolean counted; // guarded by this

  private JvmMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers all of them but {@link #logEvents()}. */
  public static JvmMeters bind(MeterRegistry registry) {
    JvmMeters meters = new JvmMeters(Objects.requireNonNull(registry, "registry"));
    meters.add(new JvmMemoryMetrics());
    meters.add(new JvmHeapPressureMetrics());
    meters.add(new JvmGcMetrics());
    meters.add(new JvmThreadMetrics());
    meters.add(new JvmInfoMetrics());
    meters.add(new ClassLoaderMetrics());
    meters.add(new ProcessorMetrics());
    meters.add(new FileDescriptorMetrics());
    meters.add(new UptimeMetrics());
    return meters;
  }

  /**
   * Counts log events by level too, {@code logback.events}: by a filter in Logback's context, which
   * is why it has to be asked for. Without effect the second time.
   *
   * @throws IllegalStateException if SLF4J logs by something other than Logback
   */
  public synchronized JvmMeters logEvents() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!factory.getClass().getName().equals(LOGBACK)) {
      throw new IllegalStateException(
          "log events are counted by Logback, but SLF4J logs by "
              + factory.getClass().getName()
              + "; put ch.qos.logback:logback-classic on the class path or leave them out");
    }
    if (!counted) {
      counted = true;
      add(new LogbackMetrics());
    }
    return this;
  }

  private synchronized void add(MeterBinder binder) {
    if (binder instanceof AutoCloseable closeable) {
      open.add(closeable);
    }
    binder.bindTo(registry);
  }

  @Override
  public synchronized void close() {
    for (AutoCloseable closeable : open) {
      try {
        closeable.close();
      } catch (Exception stays) {
        // A listener that cannot be removed is one that is gone already.
      }
    }
    open.clear();
  }
}
