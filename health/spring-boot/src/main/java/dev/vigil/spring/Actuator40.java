package dev.vigil.spring;

import dev.vigil.health.HealthRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Actuator's health as it is in Boot 4.0. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.registry.HealthContributorRegistry")
@ConditionalOnBean(type = "org.springframework.boot.health.registry.HealthContributorRegistry")
final class Actuator40 {

  @Bean
  ActuatorIndicators vigilActuatorIndicators(ObjectProvider<HealthContributorRegistry> registry) {
    return new ActuatorIndicators(
        () -> {
          Map<String, Supplier<Indicated>> found = new LinkedHashMap<>();
          registry.ifAvailable(contributors -> collect("", contributors, found));
          return found;
        });
  }

  @Bean
  ActuatorContributor40 vigilHealthContributor(HealthRegistry registry, ActuatorIndicators theirs) {
    return new ActuatorContributor40(new ActuatorView(registry, theirs));
  }

  private static void collect(
      String prefix, HealthContributors contributors, Map<String, Supplier<Indicated>> into) {
    for (HealthContributors.Entry entry : contributors) {
      String name = prefix + entry.name();
      HealthContributor contributor = entry.contributor();
      if (contributor instanceof HealthIndicator indicator) {
        into.put(name, () -> indicated(indicator.health()));
      } else if (contributor instanceof CompositeHealthContributor composite
          && !(contributor instanceof ActuatorContributor40)) {
        collect(name + ":", composite, into);
      }
    }
  }

  private static Indicated indicated(@Nullable Health health) {
    return health == null
        ? new Indicated("UNKNOWN", Map.of())
        : new Indicated(health.getStatus().getCode(), health.getDetails());
  }
}
