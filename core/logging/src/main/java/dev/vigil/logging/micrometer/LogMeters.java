package dev.vigil.logging.micrometer;

import dev.vigil.logging.StructuredLogging;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.event.Level;

/**
 * The counters {@code vigil.log.dropped{level}}: lines that came faster than they could be written,
 * by level in lower case. An alert on them is part of vigil-alerts' standard pack.
 *
 * <p>Thread-safe. Reading one costs an addition; logging costs nothing more.
 */
public final class LogMeters implements MeterBinder {

  private final StructuredLogging logging;

  private LogMeters(StructuredLogging logging) {
    this.logging = logging;
  }

  /** The meters of an installed log. */
  public static LogMeters of(StructuredLogging logging) {
    return new LogMeters(Objects.requireNonNull(logging, "logging"));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Level level : Level.values()) {
      FunctionCounter.builder("vigil.log.dropped", logging, log -> log.dropped(level))
          .description("Lines of the log that were dropped, since they came too fast")
          .tag("level", level.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
