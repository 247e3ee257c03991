package dev.vigil.health.micrometer;

import dev.vigil.core.Ticker;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthReport;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One look at the registry for all meters of a scrape: with 300 checks there are some 1800 of them,
 * and each report has all 300. Held weakly by the meters, and by the registry, so that it lives as
 * long as that. Thread-safe.
 */
final class Readings {

  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final HealthRegistry health;
  private final Ticker ticker;
  private volatile @Nullable Look last;

  private record Look(HealthReport report, long tick) {}

  Readings(HealthRegistry health, Ticker ticker) {
    this.health = health;
    this.ticker = ticker;
  }

  HealthRegistry registry() {
    return health;
  }

  /** What is known now; asking also starts what is due, for the next reading. */
  HealthReport report() {
    long now = ticker.read();
    Look known = last;
    if (known == null || now - known.tick >= FRESH_NANOS) {
      HealthReport asked = health.checkAsync().getNow(null);
      known = new Look(asked == null ? health.last() : asked, now);
      last = known;
    }
    return known.report;
  }

  /** A figure of one check; NaN before its first result, and where there is no such check. */
  double read(String name, ToDoubleFunction<CheckReport> figure) {
    CheckReport check = report().checks().get(name);
    return check == null || check.pending() ? Double.NaN : figure.applyAsDouble(check);
  }

  /** A counter is never NaN: it begins at 0. */
  double timeouts(String name) {
    CheckReport check = report().checks().get(name);
    return check == null ? 0 : check.timeouts();
  }
}
