/** Counters for Micrometer; needs {@code io.micrometer:micrometer-core} on the class path. */
@NullMarked
package dev.vigil.headers.micrometer;

import org.jspecify.annotations.NullMarked;
