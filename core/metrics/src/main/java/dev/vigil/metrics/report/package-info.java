/**
 * The guide's business and performance meters, and the report of them every 60 s. Start with {@link
 * dev.vigil.metrics.report.ServiceMeters} and {@link dev.vigil.metrics.report.MetricsReport}.
 */
@NullMarked
package dev.vigil.metrics.report;

import org.jspecify.annotations.NullMarked;
