package dev.vigil.health;

import java.time.Duration;
import java.util.Optional;

/** What a running check may know of its run. Thread-safe, and of use only during the run. */
public interface CheckContext {

  /** The name under which the check is registered. */
  String name();

  /**
   * The time left before this run's time-out; zero once it has passed. Hand it to the client that
   * you use.
   */
  Duration remaining();

  /**
   * Whether the run is past its time-out, or the registry is closed: nobody waits for the answer
   * any more. A check that works in steps looks here between them.
   */
  boolean cancelled();

  /** What the last finished run found, if there was one. */
  Optional<HealthResult> previous();

  /**
   * Has {@code action} run once when this run is {@linkplain #cancelled() cancelled}, at once if it
   * is already. The place to close a socket that the check itself opened, so that a blocked read
   * returns. Runs on a thread of the registry's; what it throws is reported and dropped. Forgotten
   * when the run ends.
   *
   * @param action what to do; should not block
   */
  void onCancel(Runnable action);
}
