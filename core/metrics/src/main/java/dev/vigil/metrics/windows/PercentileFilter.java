package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.Set;

/**
 * Gives buckets to the meters that rules want percentiles of, and to no others. A meter to which
 * the application has given buckets keeps just those.
 */
record PercentileFilter(Set<String> names) implements MeterFilter {

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!names.contains(id.getName()) || config.isPublishingHistogram()) {
      return config;
    }
    return DistributionStatisticConfig.builder().percentilesHistogram(true).build().merge(config);
  }
}
