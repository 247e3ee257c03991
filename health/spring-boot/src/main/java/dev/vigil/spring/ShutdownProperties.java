package dev.vigil.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.shutdown.*}.
 *
 * @param enabled Whether a shutdown begins with readiness saying no.
 * @param delay How long requests are still taken after that, so that load balancers notice. By
 *     default 5s where Boot finds a cloud platform (Kubernetes for example), else 0s.
 */
record ShutdownProperties(
    @DefaultValue("true") boolean enabled,
    @Within(least = "0s", most = "10m") @Nullable Duration delay) {}
