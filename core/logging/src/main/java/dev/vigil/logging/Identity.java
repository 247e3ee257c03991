package dev.vigil.logging;

/** Who writes: the same on every line. */
record Identity(String service, String environment, String version, String host) {}
