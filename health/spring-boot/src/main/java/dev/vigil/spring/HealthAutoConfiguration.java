package dev.vigil.spring;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.health.HealthListener;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthRegistryBuilder;
import dev.vigil.health.http.AdminServer;
import dev.vigil.health.http.Authoriser;
import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthHttpHandler;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** The registry, its checks, and its end; the endpoint where it is not a servlet. */
@AutoConfiguration(
    after = {VigilAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class})
@ConditionalOnBean(VigilSettings.class)
@ConditionalOnProperty(name = "vigil.health.enabled", matchIfMissing = true)
final class HealthAutoConfiguration {

  private static final Duration CLOUD_DELAY = Duration.ofSeconds(5);

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  HealthRegistry vigilHealthRegistry(
      VigilSettings settings,
      Environment environment,
      ObjectProvider<BuildProperties> build,
      ObjectProvider<ErrorReporter> reporter,
      ObjectProvider<HealthListener> listeners) {
    HealthRegistryBuilder registry =
        HealthRegistry.builder().defaultTimeout(settings.health().timeout());
    String version = build.stream().map(BuildProperties::getVersion).findFirst().orElse(null);
    // Boot 3.4 and later: the version in the manifest of the application's jar.
    version = version == null ? environment.getProperty("spring.application.version") : version;
    if (version != null) {
      registry.version(version);
    }
    reporter.ifUnique(registry::errorReporter);
    listeners.orderedStream().forEach(registry::listener);
    return registry.build();
  }

  @Bean
  @Lazy(false)
  HealthAssembly vigilHealthAssembly(
      HealthRegistry registry, VigilSettings settings, ObjectProvider<HealthPart> parts) {
    return new HealthAssembly(registry, settings, parts);
  }

  @Bean
  CheckBeans vigilCheckBeans(ListableBeanFactory beans) {
    return new CheckBeans(beans);
  }

  @Bean
  @ConditionalOnProperty(name = "vigil.health.data-sources", matchIfMissing = true)
  DataSourceChecks vigilDataSourceChecks(ListableBeanFactory beans) {
    return new DataSourceChecks(beans);
  }

  @Bean
  @ConditionalOnBean(ApplicationAvailability.class)
  AvailabilityMirror vigilAvailabilityMirror(
      HealthRegistry registry, ApplicationAvailability availability) {
    return new AvailabilityMirror(registry, availability);
  }

  @Bean
  @Lazy(false)
  @ConditionalOnProperty(name = "vigil.shutdown.enabled", matchIfMissing = true)
  Drain vigilDrain(
      HealthRegistry registry,
      VigilSettings settings,
      ApplicationContext context,
      Environment environment) {
    Duration delay = settings.properties().shutdown().delay();
    if (delay == null) {
      delay = CloudPlatform.getActive(environment) == null ? Duration.ZERO : CLOUD_DELAY;
    }
    return new Drain(registry, context, delay, Ticker.system());
  }

  @Bean
  @Lazy(false)
  HealthEnd vigilHealthEnd(HealthRegistry registry, ApplicationContext context) {
    return new HealthEnd(registry, context);
  }

  @Bean
  @ConditionalOnMissingBean
  HealthEndpoint vigilHealthEndpoint(
      HealthRegistry registry, VigilSettings settings, ObjectProvider<AuditSource> audits) {
    HealthProperties properties = settings.health();
    HealthEndpoint.Builder endpoint =
        HealthEndpoint.builder(registry)
            .profile(settings.profile())
            .defaultFormat(properties.format())
            .page(properties.page())
            .drills(properties.drills());
    if (properties.disclosure() != null) {
      endpoint.disclosure(properties.disclosure());
    }
    if (properties.token() != null) {
      endpoint.authoriser(Authoriser.bearer(properties.token()));
    }
    audits.orderedStream().forEach(endpoint::audit);
    return endpoint.build();
  }

  @Bean(destroyMethod = "close")
  @Lazy(false)
  @ServedOn(EndpointPlace.OWN)
  @ConditionalOnProperty(name = "vigil.health.endpoint", matchIfMissing = true)
  @ConditionalOnMissingBean
  AdminServer vigilAdminServer(
      HealthEndpoint endpoint, VigilSettings settings, Environment environment) {
    int port = EndpointPlace.ownPort(environment, settings.health());
    String address = settings.health().address();
    address = address == null ? environment.getProperty("management.server.address") : address;
    try {
      return AdminServer.start(
          address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port),
          Map.of(settings.health().path(), HealthHttpHandler.of(endpoint)));
    } catch (UncheckedIOException taken) {
      String property =
          settings.health().port() == null ? "management.server.port" : "vigil.health.port";
      throw new WrongPropertiesException(
          List.of(
              new PropertyFault(
                  property, "was \"" + port + "\", but " + taken.getMessage(), null)));
    }
  }

  /** Where there is Spring Data Redis. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.data.redis.connection.RedisConnectionFactory")
  @ConditionalOnProperty(name = "vigil.health.redis", matchIfMissing = true)
  static final class Redis {

    @Bean
    RedisChecks vigilRedisChecks(ListableBeanFactory beans) {
      return new RedisChecks(beans);
    }
  }
}
