/**
 * What the log has dropped, as Micrometer meters: {@link dev.vigil.logging.micrometer.LogMeters}.
 * The only package here that touches Micrometer, which the application brings ({@code
 * io.micrometer:micrometer-core}).
 */
@NullMarked
package dev.vigil.logging.micrometer;

import org.jspecify.annotations.NullMarked;
