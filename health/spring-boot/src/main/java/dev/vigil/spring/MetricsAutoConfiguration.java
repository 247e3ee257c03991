package dev.vigil.spring;

import dev.vigil.health.HealthRegistry;
import dev.vigil.health.micrometer.HealthMeters;
import dev.vigil.metrics.http.RequestMetrics;
import dev.vigil.metrics.servlet.RequestMetricsFilter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health in the application's MeterRegistry, and requests where Boot does not measure them. */
@AutoConfiguration(
    after = HealthAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.observation.web.servlet.WebMvcObservationAutoConfiguration",
      "org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration"
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

  /** Where Boot does not measure requests itself, by the same meter. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass(name = "dev.vigil.metrics.servlet.RequestMetricsFilter")
  @ConditionalOnBean(MeterRegistry.class)
  @ConditionalOnMissingBean(name = "webMvcObservationFilter")
  @ConditionalOnProperty(name = "vigil.metrics.requests", matchIfMissing = true)
  static final class Requests {

    @Bean
    FilterRegistrationBean<RequestMetricsFilter> vigilRequestMetrics(MeterRegistry meters) {
      FilterRegistrationBean<RequestMetricsFilter> filter =
          new FilterRegistrationBean<>(new RequestMetricsFilter(RequestMetrics.of(meters)));
      filter.setName("vigilRequestMetrics");
      filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
      filter.setOrder(FilterOrder.METRICS);
      return filter;
    }
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
