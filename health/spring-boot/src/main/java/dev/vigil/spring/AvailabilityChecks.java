package dev.vigil.spring;

import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthResult;
import java.time.Duration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

/**
 * What Boot says of the application's availability: refusing traffic makes readiness unhealthy, and
 * being broken readiness and liveness. They read memory and so run with each question, which makes
 * a change count at once.
 *
 * <p>Until Boot has said anything they are healthy: that the application has not started is for
 * {@code HealthRegistry.started()} to say.
 */
final class AvailabilityChecks implements HealthPart {

  private final ApplicationAvailability availability;

  AvailabilityChecks(ApplicationAvailability availability) {
    this.availability = availability;
  }

  @Override
  public int getOrder() {
    return OWN;
  }

  @Override
  public void addTo(HealthAssembly assembly) {
    assembly.add(
        "livenessState",
        context ->
            said(LivenessState.class, LivenessState.BROKEN)
                ? HealthResult.unhealthy("the application says that it is broken")
                : HealthResult.healthy(),
        options ->
            options
                .inline()
                .cacheFor(Duration.ZERO)
                .group(HealthGroup.LIVENESS, HealthGroup.READINESS));
    assembly.add(
        "readinessState",
        context ->
            said(ReadinessState.class, ReadinessState.REFUSING_TRAFFIC)
                ? HealthResult.unhealthy("the application refuses traffic")
                : HealthResult.healthy(),
        options -> options.inline().cacheFor(Duration.ZERO).group(HealthGroup.READINESS));
    assembly.cover("livenessState");
    assembly.cover("readinessState");
  }

  private <S extends org.springframework.boot.availability.AvailabilityState> boolean said(
      Class<S> type, S state) {
    var last = availability.getLastChangeEvent(type);
    return last != null && last.getState() == state;
  }
}
