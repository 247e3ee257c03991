/**
 * Windows over Micrometer meters: what a rule asks of them, from snapshots at the evaluation
 * interval. Start with {@link dev.vigil.metrics.windows.MeterWindows}.
 */
@NullMarked
package dev.vigil.metrics.windows;

import org.jspecify.annotations.NullMarked;
