package dev.vigil.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vigil.alerts.AlertEngine;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import dev.vigil.health.AsyncHealthCheck;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.http.AdminServer;
import dev.vigil.logging.http.RequestContextFilter;
import dev.vigil.ratelimit.LocalRateLimiter;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.http.RateLimitPolicy;
import dev.vigil.ratelimit.servlet.RateLimitFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class AutoConfigurationTest {

  private final WebApplicationContextRunner withoutActuator =
      new WebApplicationContextRunner()
          .withPropertyValues("vigil.profile=production")
          .withConfiguration(
              AutoConfigurations.of(
                  ApplicationAvailabilityAutoConfiguration.class,
                  VigilAutoConfiguration.class,
                  HealthAutoConfiguration.class,
                  HealthServletAutoConfiguration.class,
                  ActuatorAutoConfiguration.class,
                  MetricsAutoConfiguration.class,
                  RequestContextAutoConfiguration.class,
                  SecurityHeadersAutoConfiguration.class,
                  RateLimitAutoConfiguration.class,
                  AlertsAutoConfiguration.class));

  private final WebApplicationContextRunner runner =
      withoutActuator.withConfiguration(
          AutoConfigurations.of(HealthEndpointAutoConfiguration.class));

  @Test
  void registersEveryCheckUnderItsBeansName() {
    runner
        .withUserConfiguration(Checks.class)
        .run(
            context -> {
              HealthRegistry registry = context.getBean(HealthRegistry.class);
              assertThat(registry.names()).contains("stock", "courier");
              assertThat(registry.check().checks().get("courier").status())
                  .isEqualTo(HealthStatus.DEGRADED);
            });
  }

  @Test
  void letsPropertiesSayHowACheckIsRun() {
    runner
        .withUserConfiguration(Checks.class)
        .withPropertyValues(
            "vigil.health.checks.stock.groups=readiness",
            "vigil.health.checks.courier.enabled=false")
        .run(
            context -> {
              HealthRegistry registry = context.getBean(HealthRegistry.class);
              assertThat(registry.names()).contains("stock").doesNotContain("courier");
              assertThat(registry.check(HealthGroup.READINESS).checks()).containsKey("stock");
            });
  }

  @Test
  void refusesOptionsForACheckThatThereIsNot() {
    runner
        .withUserConfiguration(Checks.class)
        .withPropertyValues("vigil.health.checks.stok.timeout=1s")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(WrongPropertiesException.class)
                    .hasMessageContaining(
                        "vigil.health.checks.stok is for a check that there is not; did you mean stock?"));
  }

  @Test
  void failsBeforeAnyBeanIsMadeWhenPropertiesAreWrong() {
    runner
        .withUserConfiguration(Checks.class)
        .withPropertyValues(
            "vigil.health.port=eighty",
            "vigil.trusted-proxies=10.0.0.0/64",
            "vigil.ratelimit.limits.api.path=api",
            "vigil.headers.csp=default-src 'slef'")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isInstanceOf(WrongPropertiesException.class)
                    .hasMessageContaining("vigil.health.port was \"eighty\"")
                    .hasMessageContaining("vigil.trusted-proxies is wrong")
                    .hasMessageContaining("vigil.ratelimit.limits.api.path is wrong")
                    .hasMessageContaining("vigil.ratelimit.limits.api.permits is missing")
                    .hasMessageContaining("vigil.headers is wrong"));
  }

  @Test
  void checksTheOnlyDataSourceAsDatabaseAndLeavesActuatorsOut() {
    runner
        .withUserConfiguration(OneDatabase.class)
        .run(
            context ->
                assertThat(context.getBean(HealthRegistry.class).names())
                    .contains("database")
                    .doesNotContain("db"));
  }

  @Test
  void checksSeveralDataSourcesUnderTheirNames() {
    runner
        .withUserConfiguration(OneDatabase.class, AnotherDatabase.class)
        .run(
            context ->
                assertThat(context.getBean(HealthRegistry.class).names())
                    .contains("orders", "stock")
                    .doesNotContain("database"));
  }

  @Test
  void takesActuatorsIndicatorsAndShowsItsOwnWithoutRecursion() {
    runner
        .withUserConfiguration(Checks.class, Indicators.class)
        .run(
            context -> {
              HealthRegistry registry = context.getBean(HealthRegistry.class);
              assertThat(registry.names())
                  .contains("stock", "mail")
                  .doesNotContain("vigil", "ping");
              assertThat(registry.check().checks().get("mail").status())
                  .isEqualTo(HealthStatus.UNHEALTHY);
              CompositeHealthContributor ours =
                  context.getBean("vigilHealthContributor", CompositeHealthContributor.class);
              assertThat(ours.stream().map(it -> it.getName()))
                  .contains("stock", "courier")
                  .doesNotContain("mail");
              assertThat(ours.stream().map(it -> ((HealthIndicator) it.getContributor()).health()))
                  .allMatch(health -> health.getStatus().equals(Status.UP));
              HealthIndicator courier = (HealthIndicator) ours.getContributor("courier");
              assertThat(courier.health().getStatus().getCode()).isEqualTo("UP");
              assertThat(courier.health().getDetails()).containsEntry("degraded", true);
              assertThat(ours.getContributor("mail")).isNull();
            });
  }

  @Test
  void leavesActuatorAloneWhenTold() {
    runner
        .withUserConfiguration(Indicators.class)
        .withPropertyValues("vigil.health.actuator=false")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean("vigilHealthContributor");
              assertThat(context.getBean(HealthRegistry.class).names()).doesNotContain("mail");
            });
  }

  @Test
  void worksWithoutActuatorMicrometerRedisAndJedis() {
    withoutActuator
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "io.micrometer",
                "org.springframework.data",
                "redis.clients",
                "com.zaxxer",
                "dev.vigil.logging",
                "dev.vigil.headers",
                "dev.vigil.ratelimit",
                "dev.vigil.metrics",
                "dev.vigil.alerts"))
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasBean("vigilHealthServlet");
              assertThat(context).doesNotHaveBean(FilterRegistrationBean.class);
            });
  }

  @Test
  void mirrorsBootsAvailability() {
    runner.run(
        context -> {
          HealthRegistry registry = context.getBean(HealthRegistry.class);
          registry.started();
          assertThat(registry.check(HealthGroup.READINESS).status())
              .isEqualTo(HealthStatus.HEALTHY);

          AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
          assertThat(registry.check(HealthGroup.READINESS).status())
              .isEqualTo(HealthStatus.UNHEALTHY);
          assertThat(registry.check(HealthGroup.LIVENESS).status()).isEqualTo(HealthStatus.HEALTHY);

          AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
          assertThat(registry.check(HealthGroup.READINESS).status())
              .isEqualTo(HealthStatus.HEALTHY);

          AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);
          assertThat(registry.check(HealthGroup.LIVENESS).status())
              .isEqualTo(HealthStatus.UNHEALTHY);
        });
  }

  @Test
  void bindsHealthToTheApplicationsMeterRegistry() {
    runner
        .withUserConfiguration(Checks.class)
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(
            context ->
                assertThat(
                        context
                            .getBean(MeterRegistry.class)
                            .get("vigil.health.status")
                            .tag("check", "stock")
                            .gauge())
                    .isNotNull());
  }

  @Test
  void measuresRequestsWhereBootDoesNot() {
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(context -> assertThat(context).hasBean("vigilRequestMetrics"));
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withBean("webMvcObservationFilter", Object.class, Object::new)
        .run(context -> assertThat(context).doesNotHaveBean("vigilRequestMetrics"));
    runner.run(context -> assertThat(context).doesNotHaveBean("vigilRequestMetrics"));
  }

  @Test
  void evaluatesTheRulesOfTheProperties() {
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withPropertyValues(
            "vigil.alerts.channels.ops.type=log",
            "vigil.alerts.rules.high-error-rate.when=error_rate > 5%",
            "vigil.alerts.rules.high-error-rate.for-at-least=5m",
            "vigil.alerts.rules.high-error-rate.severity=critical",
            "vigil.alerts.rules.high-error-rate.channels=ops")
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(AlertEngine.class));
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(context -> assertThat(context).doesNotHaveBean(AlertEngine.class));
  }

  @Test
  void refusesRulesThatAreWrong() {
    runner
        .withPropertyValues(
            "vigil.alerts.channels.slack.webhook=not-an-address",
            "vigil.alerts.rules.errors.when=error_rate >> 5%",
            "vigil.alerts.rules.errors.channels=slak",
            "vigil.alerts.rules.slow.summary=slow",
            "vigil.alerts.rules.slow.severity=urgent")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isInstanceOf(WrongPropertiesException.class)
                    .hasMessageContaining("vigil.alerts.channels.slack is wrong")
                    .hasMessageContaining("vigil.alerts.rules.errors is wrong")
                    .hasMessageContaining("did you mean slack?")
                    .hasMessageContaining("vigil.alerts.rules.slow.when is missing")
                    .hasMessageContaining(
                        "vigil.alerts.rules.slow.severity was \"urgent\"; allowed is one of"
                            + " info, warning, high, critical"));
  }

  @ParameterizedTest
  @CsvSource({
    "vigil.enabled=false, vigilHealthRegistry",
    "vigil.health.enabled=false, vigilHealthRegistry",
    "vigil.health.endpoint=false, vigilHealthServlet",
    "vigil.health.data-sources=false, vigilDataSourceChecks",
    "vigil.health.redis=false, vigilRedisChecks",
    "vigil.health.actuator=false, vigilHealthContributor",
    "vigil.metrics.enabled=false, vigilHealthMeters",
    "vigil.metrics.health=false, vigilHealthMeters",
    "vigil.shutdown.enabled=false, vigilDrain",
    "vigil.headers.enabled=false, vigilSecurityHeaders",
    "vigil.ratelimit.enabled=false, vigilRateLimit",
    "vigil.logging.request-context=false, vigilRequestContext",
  })
  void switchesEachPartOffByOneProperty(String property, String bean) {
    runner
        .withPropertyValues("vigil.ratelimit.limits.api.permits=5")
        .withPropertyValues(property)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(bean));
  }

  @Test
  void hasEachPartWhereNoPropertySwitchesItOff() {
    runner
        .withPropertyValues("vigil.ratelimit.limits.api.permits=5")
        .run(
            context ->
                assertThat(List.of(context.getBeanDefinitionNames()))
                    .contains(
                        "vigilHealthRegistry",
                        "vigilHealthServlet",
                        "vigilDataSourceChecks",
                        "vigilRedisChecks",
                        "vigilHealthContributor",
                        "vigilHealthMeters",
                        "vigilDrain",
                        "vigilSecurityHeaders",
                        "vigilRateLimit",
                        "vigilRequestContext"));
  }

  @Test
  void registersFiltersInTheDocumentedOrder() {
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withPropertyValues(
            "vigil.ratelimit.limits.api.permits=5", "vigil.headers.https.host=www.example.test")
        .run(
            context -> {
              List<?> filters =
                  context
                      .getBeanProvider(FilterRegistrationBean.class)
                      .orderedStream()
                      .map(it -> it.getFilter().getClass().getSimpleName())
                      .toList();
              assertThat(filters)
                  .isEqualTo(
                      List.of(
                          RequestContextFilter.class.getSimpleName(),
                          "HttpsRedirectFilter",
                          SecurityHeadersFilter.class.getSimpleName(),
                          "RequestMetricsFilter",
                          RateLimitFilter.class.getSimpleName()));
            });
  }

  @Test
  void hasNoFilterForLimitsThatThereAreNot() {
    runner.run(context -> assertThat(context).doesNotHaveBean("vigilRateLimit"));
  }

  @Test
  void countsByTheApplicationsOwnPolicy() {
    RateLimitPolicy own = RateLimitPolicy.of(LocalRateLimiter.of("own", RateLimit.perMinute(1)));
    runner
        .withBean(RateLimitPolicy.class, () -> own)
        .run(context -> assertThat(context).hasNotFailed().hasBean("vigilRateLimit"));
  }

  @Test
  void tellsWhichPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      runner
          .withPropertyValues(
              "vigil.health.port=" + taken.getLocalPort(), "vigil.health.address=127.0.0.1")
          .run(
              context ->
                  assertThat(context.getStartupFailure())
                      .hasRootCauseInstanceOf(WrongPropertiesException.class)
                      .rootCause()
                      .hasMessageContaining("vigil.health.port was \"" + taken.getLocalPort()));
    }
  }

  @Test
  void servesHealthOnItsOwnServerWhereAPortSaysSo() {
    runner
        .withPropertyValues("vigil.health.port=0", "vigil.health.address=127.0.0.1")
        .run(
            context -> {
              assertThat(context).hasSingleBean(AdminServer.class);
              assertThat(context).doesNotHaveBean(ServletRegistrationBean.class);
            });
  }

  @Test
  void refusesAPortThatIsTaken() {
    runner
        .withPropertyValues("management.server.port=9191", "vigil.health.port=9191")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasMessageContaining("which is management.server.port's"));
  }

  @Test
  void leavesActuatorsServerToActuator() {
    runner
        .withPropertyValues("management.server.port=0")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(AdminServer.class);
              assertThat(context).doesNotHaveBean("vigilHealthServlet");
            });
  }

  @Test
  void opensAServerAtTheManagementPortWhereThereIsNoActuator() {
    withoutActuator
        .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
        .withPropertyValues("management.server.port=0", "management.server.address=127.0.0.1")
        .run(context -> assertThat(context).hasSingleBean(AdminServer.class));
  }

  @Test
  void makesWayForTheApplicationsOwnRegistry() {
    HealthRegistry own = HealthRegistry.builder().build();
    runner
        .withBean("mine", HealthRegistry.class, () -> own)
        .withUserConfiguration(Checks.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(HealthRegistry.class);
              assertThat(own.names()).contains("stock");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Checks {

    @Bean
    HealthCheck stock() {
      return context -> HealthResult.healthy();
    }

    @Bean
    AsyncHealthCheck courier() {
      return context -> CompletableFuture.completedFuture(HealthResult.degraded("slow"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Indicators {

    @Bean
    HealthIndicator mailHealthIndicator() {
      return () -> Health.down().withDetail("queue", 3).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OneDatabase {

    @Bean
    DataSource orders() {
      return new HikariDataSource();
    }

    @Bean
    HealthIndicator dbHealthIndicator() {
      return () -> Health.up().withDetails(Map.of("database", "x")).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AnotherDatabase {

    @Bean
    DataSource stock() {
      return new HikariDataSource();
    }
  }
}
