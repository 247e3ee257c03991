package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The registry that joins a composite one which has no cumulative member. Its meters are complete
 * ones of Micrometer, since the application may read its own meters through any member; timers and
 * summaries can be given buckets at any time.
 */
final class CumulativeView extends SimpleMeterRegistry {

  /** A meter of this registry that counts into buckets from the moment that somebody asks. */
  interface Bucketed {

    EventBuckets buckets();
  }

  private final Set<String> bucketed = ConcurrentHashMap.newKeySet();

  CumulativeView(Clock clock) {
    super(SimpleConfig.DEFAULT, clock);
  }

  /** Gives buckets to the meters with these names: to those that exist, and to later ones. */
  void bucket(Collection<String> names) {
    bucketed.addAll(names);
    for (Meter meter : getMeters()) {
      if (meter instanceof Bucketed events && names.contains(meter.getId().getName())) {
        events.buckets();
      }
    }
  }

  @Override
  protected Timer newTimer(
      Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
    return born(new BucketedTimer(id, clock, config, pauseDetector));
  }

  @Override
  protected DistributionSummary newDistributionSummary(
      Meter.Id id, DistributionStatisticConfig config, double scale) {
    return born(new BucketedSummary(id, clock, config, scale));
  }

  private <M extends Meter & Bucketed> M born(M meter) {
    if (bucketed.contains(meter.getId().getName())) {
      meter.buckets();
    }
    return meter;
  }

  private static final class BucketedTimer extends CumulativeTimer implements Bucketed {

    private final DistributionStatisticConfig config;
    private volatile @Nullable EventBuckets buckets;

    BucketedTimer(
        Meter.Id id, Clock clock, DistributionStatisticConfig config, PauseDetector pauseDetector) {
      super(id, clock, config, pauseDetector, TimeUnit.SECONDS, false);
      this.config = config;
    }

    @Override
    protected void recordNonNegative(long amount, TimeUnit unit) {
      super.recordNonNegative(amount, unit);
      EventBuckets counting = buckets;
      if (counting != null) {
        counting.record((double) unit.toNanos(amount));
      }
    }

    @Override
    public synchronized EventBuckets buckets() {
      EventBuckets known = buckets;
      if (known == null) {
        known = EventBuckets.of(config);
        buckets = known;
      }
      return known;
    }
  }

  private static final class BucketedSummary extends CumulativeDistributionSummary
      implements Bucketed {

    private final DistributionStatisticConfig config;
    private volatile @Nullable EventBuckets buckets;

    BucketedSummary(Meter.Id id, Clock clock, DistributionStatisticConfig config, double scale) {
      super(id, clock, config, scale, false);
      this.config = config;
    }

    @Override
    protected void recordNonNegative(double amount) {
      super.recordNonNegative(amount);
      EventBuckets counting = buckets;
      if (counting != null) {
        counting.record(amount);
      }
    }

    @Override
    public synchronized EventBuckets buckets() {
      EventBuckets known = buckets;
      if (known == null) {
        known = EventBuckets.of(config);
        buckets = known;
      }
      return known;
    }
  }
}
