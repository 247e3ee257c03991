/**
 * A program that asks a health URL and answers with its exit code: a container's health check
 * without curl or a shell, and the gate after a deploy.
 *
 * <p>Start with {@link dev.vigil.health.probe.HealthProbe}. The package uses nothing but the JDK
 * and {@code dev.vigil.health.internal.reading}, so that {@code vigil-health-<version>-probe.jar}
 * holds these two alone.
 *
 * <p>A probe runs every few seconds beside the service and starts a JVM each time, so what it loads
 * is what it costs. On the way to a verdict there are no lambdas, streams, regular expressions or
 * formatters, and lines are put together by {@link java.lang.StringBuilder}: {@code +} between
 * strings starts the JDK's method handle machinery, 13 ms of a start that takes 40. An integration
 * test keeps watch over the classes loaded.
 */
@NullMarked
package dev.vigil.health.probe;

import org.jspecify.annotations.NullMarked;
