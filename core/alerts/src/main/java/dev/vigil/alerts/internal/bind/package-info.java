/** Binds a condition's tree to the series that exist, and evaluates it. */
@NullMarked
package dev.vigil.alerts.internal.bind;

import org.jspecify.annotations.NullMarked;
