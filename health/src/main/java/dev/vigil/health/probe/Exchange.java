package dev.vigil.health.probe;

import java.io.IOException;

/** One question to the server. */
interface Exchange {

  /**
   * Asks once.
   *
   * @param limitNanos how long the whole may take, from the look-up of the name to the last byte
   * @throws java.net.SocketTimeoutException when it takes longer
   * @throws IOException when there is no answer, or not a whole one
   */
  Answer get(Command command, long limitNanos) throws IOException;
}
