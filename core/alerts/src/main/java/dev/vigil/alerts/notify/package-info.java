/**
 * The built-in notifiers, each with its receiver's limits: start at {@link
 * dev.vigil.alerts.notify.Notifiers}, or at the notifier you need.
 *
 * <p>Whatever comes from an alert counts as written by a stranger: secrets in it are hidden,
 * control characters become spaces, what is too long is cut, and it is escaped as the receiver's
 * format asks.
 */
@NullMarked
package dev.vigil.alerts.notify;

import org.jspecify.annotations.NullMarked;
