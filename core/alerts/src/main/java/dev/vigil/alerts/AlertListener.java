package dev.vigil.alerts;

/**
 * Hears of every change of state, silenced or not.
 *
 * <p>Called on a thread of the engine that is there for listeners alone, one call at a time, in
 * order. A listener that is slow delays other listeners and nothing else: at most 256 changes wait,
 * then the oldest is dropped, counted and reported. What it throws goes to the engine's {@link
 * dev.vigil.core.ErrorReporter}.
 */
@FunctionalInterface
public interface AlertListener {

  /** Takes note of a change. */
  void changed(AlertTransition transition);
}
