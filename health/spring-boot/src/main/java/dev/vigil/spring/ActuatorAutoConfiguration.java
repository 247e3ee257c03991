package dev.vigil.spring;

import dev.vigil.health.HealthRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;

/** Actuator's health and ours see each other; one of the two matches, by the Boot that is there. */
@AutoConfiguration(
    after = HealthAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration",
      "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration"
    })
@ConditionalOnBean({HealthRegistry.class, VigilSettings.class})
@ConditionalOnProperty(name = "vigil.health.actuator", matchIfMissing = true)
@Import({Actuator35.class, Actuator40.class})
final class ActuatorAutoConfiguration {}
