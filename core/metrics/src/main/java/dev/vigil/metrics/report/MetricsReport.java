package dev.vigil.metrics.report;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes what {@link ServiceMeters} saw to the log, every 60 s: one event on the logger {@code
 * vigil.report}, at INFO, with key/value pairs.
 *
 * <ul>
 *   <li>business: {@code <name>.total} since start, {@code <name>.increase} in the interval
 *   <li>performance: {@code <name>.count}, {@code .mean}, {@code .p50}, {@code .p95}, {@code .p99},
 *       {@code .max} of the interval alone, times in seconds, each within 1 %; the count alone
 *       where that is 0
 *   <li>{@code interval}: the seconds that it covers
 * </ul>
 *
 * <pre>{@code
 * MetricsReport report = MetricsReport.builder(meters).value("queue_length", queue::size).start();
 * }</pre>
 *
 * <p>{@link #close()} writes the interval that has begun. A meter that fails is left out, and told
 * to the {@link ErrorReporter} once; the others are reported. Where a report is late, as after the
 * machine slept, the next one covers the time, and none is made up for. Thread-safe.
 */
public final class MetricsReport implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger("vigil.report");

  /** A value that hangs must not hold up the application's end. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final ServiceMeters meters;
  private final ReportEvent event;
  private final long period;
  private final Ticker ticker;
  private final ErrorReporter errors;
  private final Thread thread;
  private volatile boolean closed;
  private long reported; // when, by the ticker; the thread's own

  private MetricsReport(Builder builder) {
    meters = builder.meters;
    event = new ReportEvent(meters, new LinkedHashMap<>(builder.values), builder.errors);
    period = builder.period.toNanos();
    ticker = builder.ticker;
    errors = builder.errors;
    reported = ticker.read();
    thread = VigilThreads.named("report").newThread(this::run);
  }

  /** A report of these meters, every 60 s unless told otherwise. */
  public static Builder builder(ServiceMeters meters) {
    return new Builder(meters);
  }

  private void run() {
    long next = reported + period;
    while (!closed) {
      long left = next - ticker.read();
      if (left > 0) {
        ticker.park(left);
        continue;
      }
      report();
      next += period;
      if (next - ticker.read() <= 0) {
        next = ticker.read() + period;
      }
    }
    report();
  }

  private void report() {
    try {
      long now = ticker.read();
      double seconds = (now - reported) / (double) TimeUnit.SECONDS.toNanos(1);
      reported = now;
      LoggingEventBuilder line =
          log.atInfo().addKeyValue("interval", Math.rint(seconds * 1e3) / 1e3);
      for (Map.Entry<String, Object> pair : event.pairs().entrySet()) {
        line = line.addKeyValue(pair.getKey(), pair.getValue());
      }
      line.log("metrics report");
    } catch (Throwable failure) { // the top of a thread of ours: one failed report is not the last
      errors.report("writing the metrics report", failure);
    }
  }

  /**
   * Writes the interval that has begun and ends the thread. Waits 2 s at most, for a value that
   * hangs. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() != thread) {
      try {
        thread.join(CLOSING.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (thread.isAlive() && Thread.currentThread() != thread) {
      log.warn("the last metrics report is left behind: a value hangs");
    } else {
      meters.release();
    }
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private final ServiceMeters meters;
    private final Map<String, DoubleSupplier> values = new LinkedHashMap<>();
    private Duration period = Duration.ofSeconds(60);
    private Ticker ticker = Ticker.system();
    private ErrorReporter errors = ErrorReporter.logging();

    private Builder(ServiceMeters meters) {
      this.meters = Objects.requireNonNull(meters, "meters");
    }

    /**
     * How often, 60 s unless told otherwise.
     *
     * @throws IllegalArgumentException if {@code period} is not positive
     */
    public Builder every(Duration period) {
      this.period = Require.positive("period", period);
      return this;
    }

    /**
     * Reports one more business value as it is at the time, for example a queue's length; not a
     * finite number: left out.
     *
     * @param value called on the report's thread; should not block
     * @throws IllegalArgumentException if there is a value of that name
     */
    public Builder value(String name, DoubleSupplier value) {
      Objects.requireNonNull(value, "value");
      if (values.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(
            "value \"" + name + "\" is there already; names must be unique");
      }
      return this;
    }

    /** Who is told of a meter that fails; the log unless told otherwise. */
    public Builder errors(ErrorReporter errors) {
      this.errors = Objects.requireNonNull(errors, "errors");
      return this;
    }

    /** The clock that intervals are measured by; the system's unless told otherwise. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * Starts to report, on a thread {@code vigil-report-1}.
     *
     * @throws IllegalStateException if these meters have a report: two would share out the values
     */
    public MetricsReport start() {
      if (!meters.claim()) {
        throw new IllegalStateException("these meters have a report already; close that one first");
      }
      MetricsReport report = new MetricsReport(this);
      report.thread.start();
      return report;
    }
  }
}
