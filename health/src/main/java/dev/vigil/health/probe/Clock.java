package dev.vigil.health.probe;

/** Measured time. The probe's own, since its jar holds no other class of ours. */
interface Clock {

  /** Nanoseconds from an arbitrary origin. */
  long nanos();

  void pause(long nanos) throws InterruptedException;
}
