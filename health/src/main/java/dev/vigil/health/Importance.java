package dev.vigil.health;

/** What a check's status means for the whole that it is part of. */
public enum Importance {
  /** Its status counts as it is. The default. */
  CRITICAL,
  /** Lowers the whole to degraded at most. */
  NOT_CRITICAL,
  /** Is shown and never changes the whole. */
  INFORMATIONAL
}
