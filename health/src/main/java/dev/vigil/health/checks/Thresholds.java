package dev.vigil.health.checks;

import dev.vigil.health.HealthStatus;

/** Percentages above which something that fills up is degraded, and above which unhealthy. */
record Thresholds(double degraded, double unhealthy) {

  /** The house's figures for memory: over 75 % degraded, over 90 % unhealthy. */
  static final Thresholds MEMORY = new Thresholds(75, 90);

  Thresholds {
    if (!(degraded > 0 && degraded < unhealthy && unhealthy < 100)) {
      throw new IllegalArgumentException(
          "thresholds must be percentages with 0 < degraded < unhealthy < 100 but degraded was "
              + degraded
              + " and unhealthy "
              + unhealthy);
    }
  }

  HealthStatus judge(double percent) {
    return percent > unhealthy
        ? HealthStatus.UNHEALTHY
        : percent > degraded ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
  }

  /** The border that a percentage with this status has crossed. */
  double crossed(HealthStatus status) {
    return status == HealthStatus.UNHEALTHY ? unhealthy : degraded;
  }
}
