package dev.vigil.spring;

import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * What Boot says of the application's availability, here too.
 *
 * <p>Refusing traffic is a decision and no failure, hence maintenance. Being broken is a failure,
 * in liveness and readiness: a check, which reads memory with each question so that it counts at
 * once. Until Boot has said anything all is well: that the application has not started is for
 * {@code HealthRegistry.started()} to say.
 */
final class AvailabilityMirror
    implements HealthPart, ApplicationListener<AvailabilityChangeEvent<?>> {

  /** Actuator's own indicators of the same. */
  static final List<String> INDICATORS = List.of("livenessState", "readinessState");

  private static final String LIVENESS = INDICATORS.get(0);

  private final HealthRegistry registry;
  private final ApplicationAvailability availability;

  AvailabilityMirror(HealthRegistry registry, ApplicationAvailability availability) {
    this.registry = registry;
    this.availability = availability;
  }

  @Override
  public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
    if (event.getState() instanceof ReadinessState state) {
      registry.maintenance(
          state == ReadinessState.REFUSING_TRAFFIC, "the application refuses traffic");
    }
  }

  @Override
  public int getOrder() {
    return OWN;
  }

  @Override
  public void addTo(HealthAssembly assembly) {
    INDICATORS.forEach(assembly::cover);
    if (assembly.has(LIVENESS)) {
      return; // the application's own
    }
    assembly.add(
        LIVENESS,
        context -> {
          var last = availability.getLastChangeEvent(LivenessState.class);
          return last != null && last.getState() == LivenessState.BROKEN
              ? HealthResult.unhealthy("the application says that it is broken")
              : HealthResult.healthy();
        },
        options ->
            options
                .inline()
                .cacheFor(Duration.ZERO)
                .group(HealthGroup.LIVENESS, HealthGroup.READINESS));
  }
}
