/**
 * A registry's health as Micrometer meters. Start with {@link
 * dev.vigil.health.micrometer.HealthMeters}. The only package that touches Micrometer, which the
 * application brings ({@code io.micrometer:micrometer-core}).
 */
@NullMarked
package dev.vigil.health.micrometer;

import org.jspecify.annotations.NullMarked;
