package dev.vigil.spring;

import dev.vigil.core.Profile;
import dev.vigil.core.TrustedProxies;
import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Reads and checks {@code vigil.*} before any bean exists, so that a wrong property costs a start
 * nothing but the message. Not a bean of {@code @ConfigurationProperties}: Boot would bind it, and
 * stop at the first fault.
 */
final class VigilSettingsRegistrar implements ImportBeanDefinitionRegistrar {

  private final Environment environment;

  VigilSettingsRegistrar(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void registerBeanDefinitions(AnnotationMetadata from, BeanDefinitionRegistry registry) {
    VigilSettings settings = read();
    registry.registerBeanDefinition(
        "vigilSettings",
        BeanDefinitionBuilder.genericBeanDefinition(VigilSettings.class, () -> settings)
            .getBeanDefinition());
  }

  private VigilSettings read() {
    PropertyFaults faults = new PropertyFaults();
    VigilProperties properties = new PropertyReader(environment, faults).read();
    TrustedProxies proxies = proxies(properties.trustedProxies(), faults);
    EndpointPlace.check(environment, properties.health(), faults);
    if (isThere("ratelimit", "dev.vigil.ratelimit.RateLimiter", "vigil-ratelimit", faults)) {
      RateLimits.check(properties.ratelimit(), faults);
    }
    isThere(
        "ratelimit.redis.url",
        "dev.vigil.ratelimit.redis.RedisRateLimiter",
        "vigil-ratelimit-redis",
        faults);
    if (isThere("headers", "dev.vigil.headers.SecurityHeaders", "vigil-security-headers", faults)) {
      HeaderPolicies.check(properties.headers(), faults);
    }
    if (isThere("alerts", "dev.vigil.alerts.AlertEngine", "vigil-alerts", faults)) {
      AlertRules.check(properties.alerts(), faults);
    }
    faults.throwIfAny();
    return new VigilSettings(properties, profile(properties), proxies);
  }

  private static Profile profile(VigilProperties properties) {
    Profile given = properties.profile();
    return given == null ? Profile.fromEnvironment() : given;
  }

  private static TrustedProxies proxies(List<String> ranges, PropertyFaults faults) {
    try {
      return TrustedProxies.of(ranges.toArray(String[]::new));
    } catch (IllegalArgumentException fault) {
      faults.add("vigil.trusted-proxies", "is wrong: " + fault.getMessage(), null);
      return TrustedProxies.none();
    }
  }

  /** Whether a part's module is there; where it is not, its properties would do nothing. */
  private boolean isThere(String part, String type, String artifact, PropertyFaults faults) {
    if (ClassUtils.isPresent(type, VigilSettingsRegistrar.class.getClassLoader())) {
      return true;
    }
    String prefix = "vigil." + part;
    if (PropertyReader.isSet(environment, prefix)
        && Binder.get(environment).bind(prefix + ".enabled", Boolean.class).orElse(true)) {
      faults.add(
          prefix,
          "is set but nothing would heed it; add dev.vigil:" + artifact + " to the class path",
          null);
    }
    return false;
  }
}
