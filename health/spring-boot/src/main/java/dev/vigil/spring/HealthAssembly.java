package dev.vigil.spring;

import dev.vigil.core.internal.NearestName;
import dev.vigil.health.AsyncHealthCheck;
import dev.vigil.health.CheckOptions;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthRegistry;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Fills the registry when all beans are there. Earlier, a check that is a bean could not use the
 * registry itself, and beans would be created out of their order for being checked.
 */
final class HealthAssembly implements SmartInitializingSingleton {

  private final HealthRegistry registry;
  private final Map<String, CheckProperties> options;
  private final ObjectProvider<HealthPart> parts;
  private final Set<String> covered = new LinkedHashSet<>();
  private final Set<String> disabled = new LinkedHashSet<>();
  private final PropertyFaults faults = new PropertyFaults();

  HealthAssembly(
      HealthRegistry registry, VigilSettings settings, ObjectProvider<HealthPart> parts) {
    this.registry = registry;
    this.options = settings.health().checks();
    this.parts = parts;
  }

  @Override
  public void afterSingletonsInstantiated() {
    parts.orderedStream().forEach(part -> part.addTo(this));
    options.keySet().forEach(this::requireCheck);
    faults.throwIfAny();
  }

  HealthRegistry registry() {
    return registry;
  }

  /** Whether a check of that name has been added. */
  boolean has(String name) {
    return registry.names().contains(name);
  }

  /** Says that what Actuator's indicator of that name looks at is looked at already. */
  void cover(String indicator) {
    covered.add(indicator);
  }

  boolean isCovered(String indicator) {
    return covered.contains(indicator);
  }

  void add(String name, HealthCheck check, Consumer<CheckOptions> defaults) {
    register(name, () -> registry.register(name, check, with(name, defaults)));
  }

  void add(String name, HealthCheck check) {
    add(name, check, defaults -> {});
  }

  void addAsync(String name, AsyncHealthCheck check) {
    register(name, () -> registry.registerAsync(name, check, with(name, defaults -> {})));
  }

  private void register(String name, Runnable registration) {
    CheckProperties properties = options.get(name);
    if (properties != null && !properties.enabled()) {
      disabled.add(name);
      return;
    }
    try {
      registration.run();
    } catch (IllegalArgumentException refused) {
      if (properties == null) {
        throw new IllegalStateException(
            "the bean \"" + name + "\" cannot be a health check: " + refused.getMessage(), refused);
      }
      faults.add("vigil.health.checks." + name, "is wrong: " + refused.getMessage(), null);
    }
  }

  private Consumer<CheckOptions> with(String name, Consumer<CheckOptions> defaults) {
    CheckProperties properties = options.get(name);
    return properties == null ? defaults : defaults.andThen(properties::applyTo);
  }

  private void requireCheck(String name) {
    if (!has(name) && !disabled.contains(name)) {
      String near =
          NearestName.of(name, registry.names())
              .map(it -> "; did you mean " + it + "?")
              .orElse("; there are " + registry.names());
      faults.add("vigil.health.checks." + name, "is for a check that there is not" + near, null);
    }
  }
}
