/**
 * Requests as the meter {@code http.server.requests}. Start with {@link
 * dev.vigil.metrics.http.RequestMetrics}; its filters are here for the JDK's server, and in {@code
 * dev.vigil.metrics.servlet} for servlet containers.
 */
@NullMarked
package dev.vigil.metrics.http;

import org.jspecify.annotations.NullMarked;
