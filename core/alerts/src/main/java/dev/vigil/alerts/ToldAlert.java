package dev.vigil.alerts;

import java.time.Instant;

/**
 * An alert that a channel's receiver believes to fire.
 *
 * @param alert as it is now: it may be over, and its end not told yet
 * @param at when it was told last
 */
record ToldAlert(String rule, Alert alert, Instant at) {}
