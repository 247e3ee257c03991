package dev.vigil.health;

import java.util.Locale;

/**
 * How a check, a group or the whole is, from best to worst. Closed on purpose: nuance goes into a
 * result's message and data, so that no aggregator ever meets a status that it does not know.
 */
public enum HealthStatus {
  /** Works. */
  HEALTHY,
  /** Works, but not as it should: slow, nearly full, or without something that is not critical. */
  DEGRADED,
  /** Does not work. */
  UNHEALTHY;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The status as it stands in bodies: {@code healthy}, {@code degraded}, {@code unhealthy}. */
  public String word() {
    return word;
  }

  /** The worse of this status and another. */
  public HealthStatus worst(HealthStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The better of this status and a limit below which it shall not count. */
  HealthStatus atWorst(HealthStatus limit) {
    return compareTo(limit) <= 0 ? this : limit;
  }
}
