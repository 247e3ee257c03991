package dev.vigil.ratelimit.internal;

/**
 * Windows of one length without a gap, numbered from the epoch.
 *
 * @param millis how long each is, in milliseconds
 * @param phase by how much each starts later than aligned ones, 0 to {@code millis - 1}
 */
public record FixedWindow(long millis, long phase) {

  /** The number of the window that a moment is in. */
  public long id(long epochMillis) {
    return Math.floorDiv(epochMillis - phase, millis);
  }

  /** When the window of that number ends and the next begins. */
  public long end(long id) {
    return (id + 1) * millis + phase;
  }
}
