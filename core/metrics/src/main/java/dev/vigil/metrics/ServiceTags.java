package dev.vigil.metrics;

import dev.vigil.core.Profile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Who it is that is measured: the tags {@code service}, {@code environment}, {@code version} and
 * {@code instance} on every meter of a registry.
 *
 * <pre>{@code
 * ServiceTags.of("orders", Profile.PRODUCTION, "1.2.3").applyTo(registry);
 * }</pre>
 *
 * <p>A Prometheus that scrapes adds an {@code instance} of its own and renames ours to {@code
 * exported_instance}, unless the job says {@code honor_labels: true}.
 *
 * @param service the same for all instances of one program
 * @param environment where it runs, for example {@code production}
 * @param version of the program
 * @param instance this process among those of the service
 */
public record ServiceTags(String service, String environment, String version, String instance) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is blank
   */
  public ServiceTags {
    notBlank("service", service);
    notBlank("environment", environment);
    notBlank("version", version);
    notBlank("instance", instance);
  }

  private static void notBlank(String name, String value) {
    if (Objects.requireNonNull(value, name).isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank: a meter's tag cannot be");
    }
  }

  /**
   * A service in a profile's environment. The instance is what the environment variable {@code
   * HOSTNAME} says, which is the pod's name in Kubernetes, else {@code pid-} and the process's
   * number: no name is looked up in the network.
   */
  public static ServiceTags of(String service, Profile profile, String version) {
    return of(service, profile, version, System.getenv());
  }

  static ServiceTags of(
      String service, Profile profile, String version, Map<String, String> environment) {
    String host = environment.getOrDefault("HOSTNAME", "");
    return new ServiceTags(
        service,
        profile.name().toLowerCase(Locale.ROOT),
        version,
        host.isBlank() ? "pid-" + ProcessHandle.current().pid() : host.strip());
  }

  /** The same as another instance. */
  public ServiceTags withInstance(String instance) {
    return new ServiceTags(service, environment, version, instance);
  }

  /**
   * Puts the tags on all meters that are registered from now on. Call it first: those that are
   * there already stay without.
   */
  public void applyTo(MeterRegistry registry) {
    registry
        .config()
        .commonTags(
            Tags.of(
                "service", service,
                "environment", environment,
                "version", version,
                "instance", instance));
  }
}
