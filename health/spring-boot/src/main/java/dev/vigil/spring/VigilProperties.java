package dev.vigil.spring;

import dev.vigil.core.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All of {@code vigil.*}. Read by {@link PropertyReader}, never as a bean of Boot's.
 *
 * @param enabled Whether anything of Vigil is configured.
 * @param profile Where the application runs, and so its defaults; the environment variable
 *     VIGIL_PROFILE sets it too. Production where nothing does.
 * @param trustedProxies Networks whose word about a client is believed: CIDR ranges, addresses,
 *     "loopback" or "private".
 */
@ConfigurationProperties("vigil")
record VigilProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable Profile profile,
    @DefaultValue List<String> trustedProxies,
    @NestedConfigurationProperty @DefaultValue HealthProperties health,
    @NestedConfigurationProperty @DefaultValue ShutdownProperties shutdown,
    @NestedConfigurationProperty @DefaultValue MetricsProperties metrics,
    @NestedConfigurationProperty @DefaultValue RateLimitProperties ratelimit,
    @NestedConfigurationProperty @DefaultValue HeadersProperties headers,
    @NestedConfigurationProperty @DefaultValue LoggingProperties logging,
    @NestedConfigurationProperty @DefaultValue AlertsProperties alerts) {

  static final String PREFIX = "vigil";
}
