package dev.vigil.health.checks;

/** So many bytes of so many. */
record MemoryUse(long used, long total) {

  /** To one decimal. */
  double percent() {
    return total <= 0 ? 0 : Math.round(1000.0 * used / total) / 10.0;
  }
}
