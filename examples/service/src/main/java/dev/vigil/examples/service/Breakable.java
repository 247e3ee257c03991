package dev.vigil.examples.service;

/**
 * Something that the service depends on and that can be broken for real, so that people can watch.
 */
interface Breakable {

  /** Breaks or mends it. Idempotent. */
  void broken(boolean on) throws Exception;
}
