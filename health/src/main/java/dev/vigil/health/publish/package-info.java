/**
 * Health that goes out by itself: changes to a webhook ({@link
 * dev.vigil.health.publish.WebhookPublisher}), states into files for probes that can neither ask
 * over HTTP nor start a program ({@link dev.vigil.health.publish.FilePublisher}). The log has a
 * line per change without any of these.
 */
@NullMarked
package dev.vigil.health.publish;

import org.jspecify.annotations.NullMarked;
