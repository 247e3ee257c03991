package dev.vigil.spring;

import dev.vigil.health.HealthRegistry;
import dev.vigil.health.micrometer.HealthMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Health in the application's MeterRegistry, and requests where Boot does not measure them. */
@AutoConfiguration(
    after = HealthAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
@ConditionalOnBean(VigilSettings.class)
@ConditionalOnProperty(name = "vigil.metrics.enabled", matchIfMissing = true)
final class MetricsAutoConfiguration {

  @Bean
  @ConditionalOnBean(HealthRegistry.class)
  @ConditionalOnProperty(name = "vigil.metrics.health", matchIfMissing = true)
  HealthMeterPart vigilHealthMeters(ObjectProvider<MeterRegistry> meters) {
    return new HealthMeterPart(meters);
  }

  /**
   * Not a bean of type MeterBinder: Boot binds those to each registry as it is created, before the
   * checks are there, and without Actuator nobody does.
   */
  static final class HealthMeterPart implements HealthPart {

    private final ObjectProvider<MeterRegistry> meters;

    HealthMeterPart(ObjectProvider<MeterRegistry> meters) {
      this.meters = meters;
    }

    @Override
    public int getOrder() {
      return VIEWS;
    }

    @Override
    public void addTo(HealthAssembly assembly) {
      meters.ifUnique(registry -> HealthMeters.of(assembly.registry()).bindTo(registry));
    }
  }
}
