/**
 * The health of what Resilience4j 2 guards. Start with {@link
 * dev.vigil.health.resilience4j.CircuitBreakerCheck}. The only package that touches Resilience4j,
 * which the application brings ({@code io.github.resilience4j:resilience4j-circuitbreaker}).
 */
@NullMarked
package dev.vigil.health.resilience4j;

import org.jspecify.annotations.NullMarked;
