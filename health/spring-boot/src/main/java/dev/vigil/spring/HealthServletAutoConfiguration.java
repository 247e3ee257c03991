package dev.vigil.spring;

import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthServlet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The endpoint in the application's own servlet container. */
@AutoConfiguration(after = HealthAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "org.springframework.boot.web.servlet.ServletRegistrationBean")
@ConditionalOnBean(HealthEndpoint.class)
@ConditionalOnProperty(name = "vigil.health.endpoint", matchIfMissing = true)
final class HealthServletAutoConfiguration {

  @Bean
  @ServedOn(EndpointPlace.MAIN)
  ServletRegistrationBean<HealthServlet> vigilHealthServlet(
      HealthEndpoint endpoint, VigilSettings settings) {
    return registration(endpoint, settings);
  }

  static ServletRegistrationBean<HealthServlet> registration(
      HealthEndpoint endpoint, VigilSettings settings) {
    ServletRegistrationBean<HealthServlet> servlet =
        new ServletRegistrationBean<>(new HealthServlet(endpoint), settings.health().path() + "/*");
    servlet.setName("vigilHealth");
    return servlet;
  }
}
