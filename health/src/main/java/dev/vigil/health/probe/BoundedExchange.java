package dev.vigil.health.probe;

import java.io.IOException;
import java.net.SocketTimeoutException;

/**
 * Asks over HTTP, and comes back in time whatever the server does.
 *
 * <p>Each question has a daemon thread to itself, which is left behind when its time is over: the
 * limits of the JDK's connection are for one read each, so that a server that drips would hold us
 * for ever, and the look-up of a name has none.
 */
final class BoundedExchange implements Exchange {

  private final Clock clock;

  BoundedExchange(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Answer get(Command command, long limitNanos) throws IOException {
    int limitMillis = (int) Math.max(1, limitNanos / 1_000_000);
    HttpGet get = new HttpGet(command, clock, limitMillis);
    get.start();
    try {
      get.join(limitMillis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    if (get.isAlive()) {
      get.abandon();
      throw new SocketTimeoutException();
    }
    return get.answer();
  }
}
