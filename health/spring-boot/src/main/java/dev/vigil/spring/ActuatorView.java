package dev.vigil.spring;

import dev.vigil.core.Redactor;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthQuery;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.Importance;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Our checks in Actuator's terms. It drops statuses that it does not know, so degraded is UP with a
 * detail, and so is the failure of a check that is not critical: it may not take the whole down.
 */
final class ActuatorView {

  private final HealthRegistry registry;
  private final ActuatorIndicators theirs;

  ActuatorView(HealthRegistry registry, ActuatorIndicators theirs) {
    this.registry = registry;
    this.theirs = theirs;
  }

  /** Our own checks; those that are Actuator's are not among them. */
  Set<String> names() {
    Set<String> own = new LinkedHashSet<>(registry.names());
    own.removeAll(theirs.taken());
    return own;
  }

  /** All of ours, asked side by side. */
  Map<String, Indicated> all() {
    HealthQuery query = HealthQuery.all();
    for (String name : registry.names()) {
      if (theirs.taken().contains(name)) {
        query = query.excluding(name);
      }
    }
    Map<String, Indicated> all = new LinkedHashMap<>();
    registry.check(query).entries().forEach(check -> all.put(check.name(), of(check)));
    return all;
  }

  Indicated one(String name) {
    return of(registry.check(HealthQuery.all().only(name)).entries().get(0));
  }

  static Indicated of(CheckReport check) {
    Map<String, Object> details = new LinkedHashMap<>();
    boolean critical = check.importance() == Importance.CRITICAL;
    boolean down = check.status() == HealthStatus.UNHEALTHY && critical;
    if (!down && check.status() != HealthStatus.HEALTHY) {
      details.put("degraded", true);
    }
    check.message().ifPresent(text -> details.put("message", Redactor.standard().redact(text)));
    check.data().forEach((key, value) -> details.put(key, shown(key, value)));
    check.errorId().ifPresent(id -> details.put("errorId", id));
    if (check.stuck()) {
      details.put("stuckAt", check.stuckAt());
    }
    return new Indicated(down ? "DOWN" : "UP", details);
  }

  private static Object shown(String key, Object value) {
    return value instanceof Number || value instanceof Boolean
        ? value
        : Redactor.standard().redact(key, value.toString());
  }
}
