/**
 * Reads what health endpoints answer. Shared by the probe, whose jar holds this package beside its
 * own, and by the check of a remote endpoint; hence it uses the JDK alone, and as the probe's
 * package-info says, as little of it as possible.
 */
@NullMarked
package dev.vigil.health.internal.reading;

import org.jspecify.annotations.NullMarked;
