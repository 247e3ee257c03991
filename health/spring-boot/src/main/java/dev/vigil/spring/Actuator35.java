package dev.vigil.spring;

import dev.vigil.health.HealthRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.boot.actuate.health.NamedContributors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Actuator's health as it is in Boot 3.5. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthContributorRegistry")
@ConditionalOnBean(type = "org.springframework.boot.actuate.health.HealthContributorRegistry")
final class Actuator35 {

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
  ActuatorContributor35 vigilHealthContributor(HealthRegistry registry, ActuatorIndicators theirs) {
    return new ActuatorContributor35(new ActuatorView(registry, theirs));
  }

  private static void collect(
      String prefix,
      NamedContributors<HealthContributor> contributors,
      Map<String, Supplier<Indicated>> into) {
    for (NamedContributor<HealthContributor> entry : contributors) {
      String name = prefix + entry.getName();
      HealthContributor contributor = entry.getContributor();
      if (contributor instanceof HealthIndicator indicator) {
        into.put(name, () -> indicated(indicator.health()));
      } else if (contributor instanceof CompositeHealthContributor composite
          && !(contributor instanceof ActuatorContributor35)) {
        collect(name + ":", composite, into);
      }
    }
  }

  private static Indicated indicated(Health health) {
    return new Indicated(health.getStatus().getCode(), health.getDetails());
  }
}
