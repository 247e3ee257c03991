package dev.vigil.core;

/** SKELETON. */
public enum Profile {
  /** SKELETON. */
  DEVELOPMENT,
  /** SKELETON. */
  STAGING,
  /** SKELETON. */
  PRODUCTION
}
