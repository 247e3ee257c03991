package dev.vigil.health.http;

import dev.vigil.core.Redactor;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthStatus;

/** What an endpoint's builder collected that matters once a request has been let in. */
record EndpointSettings(
    HealthRegistry registry,
    HealthFormat defaultFormat,
    Redactor redactor,
    int healthyCode,
    int degradedCode,
    int unhealthyCode) {

  int code(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> healthyCode;
      case DEGRADED -> degradedCode;
      case UNHEALTHY -> unhealthyCode;
    };
  }
}
