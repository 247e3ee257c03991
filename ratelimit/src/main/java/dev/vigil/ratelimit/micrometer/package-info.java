/** Meters of a rate limiter. Needs io.micrometer:micrometer-core 1.15 or later. */
@NullMarked
package dev.vigil.ratelimit.micrometer;

import org.jspecify.annotations.NullMarked;
