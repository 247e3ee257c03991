package dev.vigil.core;

import dev.vigil.core.internal.SuppressForbidden;
import java.util.concurrent.locks.LockSupport;

/** The system's monotonic clock. */
enum SystemTicker implements Ticker {
  INSTANCE;

  @Override
  @SuppressForbidden("the one place where measured time comes from")
  public long read() {
    return System.nanoTime();
  }

  @Override
  public void park(long nanos) {
    LockSupport.parkNanos(this, nanos);
  }
}
