package dev.vigil.health.probe;

/**
 * Whether the service is healthy enough, and a line that says why.
 *
 * @param enough whether it is
 * @param line without secrets and without control characters
 */
record Verdict(boolean enough, String line) {}
