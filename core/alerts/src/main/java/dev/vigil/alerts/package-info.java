/** Rules over meters in, notifications out. */
@NullMarked
package dev.vigil.alerts;

import org.jspecify.annotations.NullMarked;
