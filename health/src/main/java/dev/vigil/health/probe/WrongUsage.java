package dev.vigil.health.probe;

/** The command line cannot be obeyed. The message says why and never holds a value given there. */
final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message, null, false, false);
  }
}
