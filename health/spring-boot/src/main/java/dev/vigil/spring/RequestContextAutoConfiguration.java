package dev.vigil.spring;

import dev.vigil.logging.http.RequestContextFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Which request a log line belongs to, whatever prints the log. */
@AutoConfiguration(after = VigilAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "dev.vigil.logging.http.RequestContextFilter")
@ConditionalOnBean(VigilSettings.class)
@ConditionalOnProperty(name = "vigil.logging.request-context", matchIfMissing = true)
final class RequestContextAutoConfiguration {

  @Bean
  FilterRegistrationBean<RequestContextFilter> vigilRequestContext(VigilSettings settings) {
    FilterRegistrationBean<RequestContextFilter> filter =
        new FilterRegistrationBean<>(RequestContextFilter.of(settings.proxies()));
    filter.setName("vigilRequestContext");
    filter.setDispatcherTypes(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    filter.setOrder(FilterOrder.REQUEST_CONTEXT);
    return filter;
  }
}
