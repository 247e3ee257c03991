package dev.vigil.health.checks;

import dev.vigil.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;

/** Days before a certificate's end under which it is degraded, and under which unhealthy. */
record CertificateDays(int degraded, int unhealthy) {

  /** The house's figures: a month to act without haste, a week to act at all. */
  static final CertificateDays STANDARD = new CertificateDays(30, 7);

  private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

  CertificateDays {
    if (unhealthy < 0 || degraded <= unhealthy) {
      throw new IllegalArgumentException(
          "limits must be days with 0 <= unhealthyUnder < degradedUnder but degradedUnder was "
              + degraded
              + " and unhealthyUnder "
              + unhealthy);
    }
  }

  /** Days from now to an end, negative after it. */
  static double left(Instant now, Instant end) {
    return Duration.between(now, end).toSeconds() / DAY_SECONDS;
  }

  HealthStatus judge(double daysLeft) {
    return daysLeft < unhealthy
        ? HealthStatus.UNHEALTHY
        : daysLeft < degraded ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
  }
}
