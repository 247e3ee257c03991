/** Outbound HTTP for Vigil's own modules: one JSON poster, for notifiers, shippers, webhooks. */
@NullMarked
package dev.vigil.core.internal.http;

import org.jspecify.annotations.NullMarked;
