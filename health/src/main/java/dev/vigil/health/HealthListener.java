package dev.vigil.health;

/**
 * Hears of changes.
 *
 * <p>Called once a change, in order, on one thread of the registry's own that no check and no
 * caller waits for; what it throws is reported and dropped. A listener that blocks delays the other
 * listeners only; of the changes that pile up behind it, the newest beyond 1000 are dropped and
 * counted in the log.
 */
@FunctionalInterface
public interface HealthListener {

  /** A check's status has changed; its first result counts as a change. */
  void changed(HealthChange change);
}
