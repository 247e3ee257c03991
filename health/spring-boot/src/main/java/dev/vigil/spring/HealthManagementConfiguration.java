package dev.vigil.spring;

import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthServlet;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The endpoint in the server that Actuator opens at {@code management.server.port}. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({HealthEndpoint.class, VigilSettings.class})
@ConditionalOnProperty(name = "vigil.health.endpoint", matchIfMissing = true)
final class HealthManagementConfiguration {

  @Bean
  @ServedOn(EndpointPlace.MANAGEMENT)
  ServletRegistrationBean<HealthServlet> vigilHealthServlet(
      HealthEndpoint endpoint, VigilSettings settings) {
    return HealthServletAutoConfiguration.registration(endpoint, settings);
  }
}
