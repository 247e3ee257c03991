package dev.vigil.metrics.report;

/**
 * What a performance meter saw in one interval; all but the count are meaningless where that is 0.
 */
record Figures(long count, double mean, double p50, double p95, double p99, double max) {}
