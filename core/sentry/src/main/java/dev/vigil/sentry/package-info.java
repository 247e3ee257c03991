/**
 * Errors to Sentry, with every text in them scrubbed. Start with {@link
 * dev.vigil.sentry.SentryReporter}.
 */
@NullMarked
package dev.vigil.sentry;

import org.jspecify.annotations.NullMarked;
