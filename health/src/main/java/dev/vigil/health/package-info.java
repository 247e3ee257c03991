/**
 * Is the service up, which part of it is not, and where does that part hang.
 *
 * <p>Start with {@link dev.vigil.health.HealthRegistry}: it holds named {@link
 * dev.vigil.health.HealthCheck}s, runs them side by side, each within its time-out, and answers
 * with a {@link dev.vigil.health.HealthReport}. Ready-made checks are in {@code
 * dev.vigil.health.checks}, {@code dev.vigil.health.redis} and {@code dev.vigil.health.hikari}; the
 * HTTP endpoint is in {@code dev.vigil.health.http}.
 */
@NullMarked
package dev.vigil.health;

import org.jspecify.annotations.NullMarked;
