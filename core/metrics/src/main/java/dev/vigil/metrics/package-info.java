/** Meters, windows over them, request metrics and the periodic report. */
@NullMarked
package dev.vigil.metrics;

import org.jspecify.annotations.NullMarked;
