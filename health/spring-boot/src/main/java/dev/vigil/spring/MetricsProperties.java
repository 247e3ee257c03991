package dev.vigil.spring;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.metrics.*}; for applications with a MeterRegistry.
 *
 * @param enabled Whether any meters are added.
 * @param health Whether health is shown as meters.
 * @param requests Whether requests are measured as http.server.requests, where Boot does not.
 */
record MetricsProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("true") boolean health,
    @DefaultValue("true") boolean requests) {}
