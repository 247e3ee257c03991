/** Reads YAML into a tree that knows where everything stands. */
@NullMarked
package dev.vigil.alerts.internal.yaml;

import org.jspecify.annotations.NullMarked;
