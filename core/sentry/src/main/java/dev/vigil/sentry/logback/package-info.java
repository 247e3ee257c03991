/** Log events to Sentry by Sentry's own appender for Logback; needs {@code sentry-logback}. */
@NullMarked
package dev.vigil.sentry.logback;

import org.jspecify.annotations.NullMarked;
