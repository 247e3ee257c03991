/** For Vigil's own modules only; no API, and free to change in any release. */
@NullMarked
package dev.vigil.health.internal;

import org.jspecify.annotations.NullMarked;
