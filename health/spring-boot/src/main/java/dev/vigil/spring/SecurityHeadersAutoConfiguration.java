package dev.vigil.spring;

import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.servlet.CspReportServlet;
import dev.vigil.headers.servlet.HttpsRedirectFilter;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Security headers on every answer; plain requests sent to HTTPS; reports of browsers taken. */
@AutoConfiguration(after = VigilAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "dev.vigil.headers.servlet.SecurityHeadersFilter")
@ConditionalOnBean(VigilSettings.class)
@ConditionalOnProperty(name = "vigil.headers.enabled", matchIfMissing = true)
final class SecurityHeadersAutoConfiguration {

  /** A bean of type SecurityHeaders takes the place of the properties' policy for all paths. */
  @Bean
  FilterRegistrationBean<SecurityHeadersFilter> vigilSecurityHeaders(
      VigilSettings settings, ObjectProvider<SecurityHeaders> policy) {
    HeadersProperties properties = settings.properties().headers();
    SecurityHeadersFilter.Builder filter =
        SecurityHeadersFilter.builder(
                policy.getIfUnique(() -> HeaderPolicies.everywhere(properties)))
            .trustedProxies(settings.proxies())
            .profile(settings.profile());
    HeaderPolicies.byPath(properties).forEach(filter::path);
    FilterRegistrationBean<SecurityHeadersFilter> registration =
        new FilterRegistrationBean<>(filter.build());
    registration.setName("vigilSecurityHeaders");
    registration.setDispatcherTypes(
        EnumSet.of(
            DispatcherType.REQUEST,
            DispatcherType.FORWARD,
            DispatcherType.ERROR,
            DispatcherType.ASYNC));
    registration.setOrder(FilterOrder.HEADERS);
    return registration;
  }

  @Bean
  AuditSource vigilHeadersAudit(VigilSettings settings, ObjectProvider<SecurityHeaders> policy) {
    HeadersProperties properties = settings.properties().headers();
    return () ->
        policy
            .getIfUnique(() -> HeaderPolicies.everywhere(properties))
            .forProfile(settings.profile())
            .audit();
  }

  @Bean
  @ConditionalOnProperty(name = "vigil.headers.https.host")
  FilterRegistrationBean<HttpsRedirectFilter> vigilHttpsRedirect(VigilSettings settings) {
    HeadersProperties.HttpsProperties https = settings.properties().headers().https();
    List<String> except = https.except();
    if (except == null) {
      except = List.of(settings.health().path() + "/*");
    }
    FilterRegistrationBean<HttpsRedirectFilter> registration =
        new FilterRegistrationBean<>(
            HttpsRedirectFilter.to(Objects.requireNonNull(https.host()))
                .port(https.port())
                .except(except.toArray(String[]::new))
                .trustedProxies(settings.proxies())
                .profile(settings.profile())
                .build());
    registration.setName("vigilHttpsRedirect");
    registration.setOrder(FilterOrder.HTTPS);
    return registration;
  }

  @Bean
  @ConditionalOnProperty(name = "vigil.headers.reporting")
  ServletRegistrationBean<CspReportServlet> vigilCspReports(VigilSettings settings) {
    String address = Objects.requireNonNull(settings.properties().headers().reporting());
    ServletRegistrationBean<CspReportServlet> registration =
        new ServletRegistrationBean<>(
            CspReportServlet.builder().trustedProxies(settings.proxies()).build());
    registration.setName("vigilCspReports");
    registration.setEnabled(address.startsWith("/"));
    registration.addUrlMappings(address.startsWith("/") ? address : "/csp-reports");
    return registration;
  }
}
