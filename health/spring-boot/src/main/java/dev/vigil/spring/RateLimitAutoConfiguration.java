package dev.vigil.spring;

import dev.vigil.core.PathPattern;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimiter;
import dev.vigil.ratelimit.http.ClientKey;
import dev.vigil.ratelimit.http.RateLimitPolicy;
import dev.vigil.ratelimit.micrometer.MeteredRateLimiter;
import dev.vigil.ratelimit.servlet.RateLimitFilter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The rate limit filter, by properties or by a bean of type RateLimitPolicy. */
@AutoConfiguration(
    after = VigilAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "dev.vigil.ratelimit.servlet.RateLimitFilter")
@ConditionalOnBean(VigilSettings.class)
@ConditionalOnProperty(name = "vigil.ratelimit.enabled", matchIfMissing = true)
@AskedFor(properties = "vigil.ratelimit.limits", bean = "dev.vigil.ratelimit.http.RateLimitPolicy")
@Import(RedisLimits.class)
final class RateLimitAutoConfiguration {

  @Bean
  RateLimiters vigilRateLimiters(
      VigilSettings settings,
      ObjectProvider<LimiterSource> redis,
      ObjectProvider<LimiterMeters> meters) {
    RateLimitProperties properties = settings.properties().ratelimit();
    LimiterSource source = properties.limits().isEmpty() ? null : redis.getIfUnique();
    UnaryOperator<RateLimiter> metered = meters.getIfAvailable(() -> limiter -> limiter);
    List<RateLimiters.Limited> limited = new ArrayList<>();
    properties
        .limits()
        .forEach(
            (name, limit) -> {
              RateLimiter limiter =
                  source == null
                      ? LocalRateLimiter.of(name, RateLimits.of(limit))
                      : source.limiter(name, RateLimits.of(limit));
              limiter = metered.apply(limiter);
              limited.add(
                  new RateLimiters.Limited(
                      limit.path(), properties.shadow() ? limiter.shadow() : limiter));
            });
    return new RateLimiters(List.copyOf(limited));
  }

  @Bean
  FilterRegistrationBean<RateLimitFilter> vigilRateLimit(
      VigilSettings settings, RateLimiters limiters, ObjectProvider<RateLimitPolicy> policies) {
    RateLimitProperties properties = settings.properties().ratelimit();
    FilterRegistrationBean<RateLimitFilter> filter =
        new FilterRegistrationBean<>(
            new RateLimitFilter(policies.getIfUnique(() -> policy(settings, limiters))));
    filter.setName("vigilRateLimit");
    filter.setOrder(
        properties.key() == RateLimitProperties.Key.USER
            ? FilterOrder.RATE_LIMIT_BY_USER
            : FilterOrder.RATE_LIMIT);
    return filter;
  }

  private static RateLimitPolicy policy(VigilSettings settings, RateLimiters limiters) {
    RateLimitProperties properties = settings.properties().ratelimit();
    ClientKey address = ClientKey.address(settings.proxies());
    RateLimitPolicy.Builder policy =
        RateLimitPolicy.builder(
            properties.key() == RateLimitProperties.Key.USER
                ? ClientKey.principal().orElse(address)
                : address);
    limiters.limited().forEach(it -> policy.limit(it.path(), it.limiter()));
    List<String> exempt = properties.exempt();
    Map<String, Boolean> table = new LinkedHashMap<>();
    (exempt == null ? List.of(settings.health().path() + "/*") : exempt)
        .forEach(pattern -> table.put(pattern, true));
    PathPattern.Table<Boolean> exempted = PathPattern.Table.of(table);
    policy.exempt(request -> exempted.find(request.path()) != null);
    return properties.legacyHeaders() ? policy.legacyHeaders().build() : policy.build();
  }

  /** Counts decisions. */
  @FunctionalInterface
  interface LimiterMeters extends UnaryOperator<RateLimiter> {}

  /** Where there is Micrometer. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
  @ConditionalOnProperty(name = "vigil.metrics.enabled", matchIfMissing = true)
  static final class Meters {

    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    LimiterMeters vigilLimiterMeters(ObjectProvider<MeterRegistry> meters) {
      MeterRegistry registry = meters.getIfUnique();
      return limiter -> registry == null ? limiter : MeteredRateLimiter.of(limiter, registry);
    }
  }
}
