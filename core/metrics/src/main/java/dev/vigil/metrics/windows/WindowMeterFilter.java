package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Collection;
import java.util.Set;

/**
 * What a registry has to be told before meters are registered in it: which of them need buckets for
 * percentiles. Also sees which meters other filters deny. {@link MeterWindows.Builder#build}
 * installs one by itself where the registry is still empty.
 */
public final class WindowMeterFilter implements MeterFilter {

  private final Set<String> names;

  private WindowMeterFilter(Set<String> names) {
    this.names = names;
  }

  /** Adds buckets to the meters with these names. */
  public static WindowMeterFilter percentiles(Collection<String> names) {
    return new WindowMeterFilter(Set.copyOf(names));
  }

  /** The names of the meters that get buckets. */
  public Set<String> names() {
    return names;
  }
}
