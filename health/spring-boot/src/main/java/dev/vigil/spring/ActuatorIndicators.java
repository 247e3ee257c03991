package dev.vigil.spring;

import dev.vigil.health.HealthResult;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Actuator's indicators as checks: within our time-outs, one run at a time, contained when they
 * hang. Those that look at what is looked at already are left out.
 */
final class ActuatorIndicators implements HealthPart {

  /** Says UP, always. */
  private static final String PING = "ping";

  private final Supplier<Map<String, Supplier<Indicated>>> indicators;
  private final Set<String> taken = new LinkedHashSet<>();

  /**
   * @param indicators by name, the names of nested ones joined by a colon; asked once, late
   */
  ActuatorIndicators(Supplier<Map<String, Supplier<Indicated>>> indicators) {
    this.indicators = indicators;
  }

  @Override
  public int getOrder() {
    return ACTUATOR;
  }

  @Override
  public void addTo(HealthAssembly assembly) {
    taken.addAll(AvailabilityMirror.INDICATORS); // Boot's own, whoever shows them
    indicators
        .get()
        .forEach(
            (path, indicator) -> {
              String top = path.split(":", 2)[0];
              if (top.equals(PING) || assembly.isCovered(top)) {
                return;
              }
              String clean = path.replaceAll("[^A-Za-z0-9._:-]", "-");
              String name = assembly.has(clean) ? "actuator." + clean : clean;
              taken.add(name);
              assembly.add(name, context -> result(indicator.get()));
            });
  }

  /** The names of the checks that are Actuator's own, and so must not be shown to it as ours. */
  Set<String> taken() {
    return taken;
  }

  /** A status that we do not know is degraded: it says something, and must not vanish. */
  static HealthResult result(Indicated indicated) {
    String status = indicated.status();
    HealthResult result =
        switch (status) {
          case "UP" -> HealthResult.healthy();
          case "UNKNOWN" -> HealthResult.healthy("its indicator says UNKNOWN");
          case "DOWN", "OUT_OF_SERVICE" -> HealthResult.unhealthy("its indicator says " + status);
          default -> HealthResult.degraded("its indicator says " + status);
        };
    for (Map.Entry<String, Object> detail : indicated.details().entrySet()) {
      String text = detail.getValue().toString();
      // Actuator's text of an exception: class, colon, message. What an exception says has no shape
      // by which a secret in it could be found.
      boolean error = detail.getKey().equals("error") && text.contains(": ");
      result =
          result.with(
              detail.getKey(), error ? text.substring(0, text.indexOf(": ")) : detail.getValue());
    }
    return result;
  }
}
