package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.core.instrument.step.StepCounter;
import io.micrometer.core.instrument.step.StepDistributionSummary;
import io.micrometer.core.instrument.step.StepFunctionCounter;
import io.micrometer.core.instrument.step.StepFunctionTimer;
import io.micrometer.core.instrument.step.StepTimer;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where meters are read: a registry whose counts never fall back to zero at a step. That is the
 * application's own, or a member of it if it is composite, which costs nothing; where no member
 * will do, one of ours joins.
 *
 * @param registry whose meters are read
 * @param joined that registry, where it is ours
 * @param buckets whether its meters' buckets never decay
 */
record Source(MeterRegistry registry, @Nullable CumulativeView joined, boolean buckets) {

  /** Both of Micrometer's; not on the class path here. */
  private static final Set<String> PROMETHEUS =
      Set.of(
          "io.micrometer.prometheusmetrics.PrometheusMeterRegistry",
          "io.micrometer.prometheus.PrometheusMeterRegistry");

  private static final String DROPWIZARD =
      "io.micrometer.core.instrument.dropwizard.DropwizardMeterRegistry";

  /**
   * Finds the source, or joins one.
   *
   * @param percentiles whether buckets are needed
   * @throws IllegalArgumentException if the registry is not composite, and not known to be
   *     cumulative
   */
  static Source in(MeterRegistry registry, boolean percentiles) {
    if (registry instanceof CompositeMeterRegistry composite) {
      return members(composite)
          .filter(it -> isPrometheus(it) || (isCumulative(it) && !percentiles))
          .findFirst()
          .map(it -> new Source(it, null, isPrometheus(it)))
          .orElseGet(() -> join(composite));
    }
    if (!isCumulative(registry)) {
      throw new IllegalArgumentException(
          "the registry must keep cumulative counts, as Prometheus's and the simple one do, or be"
              + " composite, but was a "
              + registry.getClass().getName()
              + "; add it to a CompositeMeterRegistry, have the application use that, and pass it"
              + " here");
    }
    return new Source(registry, null, isPrometheus(registry));
  }

  private static Source join(CompositeMeterRegistry composite) {
    CumulativeView view = new CumulativeView(composite.config().clock());
    composite.add(view);
    return new Source(view, view, true);
  }

  /** Lets go of the application's registry. */
  void leave(MeterRegistry application) {
    if (joined != null && application instanceof CompositeMeterRegistry composite) {
      composite.remove(joined);
      joined.close();
    }
  }

  private static Stream<MeterRegistry> members(CompositeMeterRegistry composite) {
    return composite.getRegistries().stream()
        .flatMap(
            it -> it instanceof CompositeMeterRegistry nested ? members(nested) : Stream.of(it));
  }

  private static boolean isCumulative(MeterRegistry registry) {
    return isPrometheus(registry)
        || isA(registry, Set.of(DROPWIZARD))
        || (registry instanceof SimpleMeterRegistry
            && registry.getMeters().stream().noneMatch(Source::isStep));
  }

  private static boolean isPrometheus(MeterRegistry registry) {
    return isA(registry, PROMETHEUS);
  }

  private static boolean isA(MeterRegistry registry, Set<String> names) {
    for (Class<?> type = registry.getClass(); type != null; type = type.getSuperclass()) {
      if (names.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a meter shows the last step only: a simple registry may be set to make such. */
  static boolean isStep(Meter meter) {
    return meter instanceof StepCounter
        || meter instanceof StepTimer
        || meter instanceof StepDistributionSummary
        || meter instanceof StepFunctionCounter
        || meter instanceof StepFunctionTimer;
  }
}
