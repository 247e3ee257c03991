package dev.vigil.alerts;

import java.time.Duration;

/**
 * Lets the replicas of one service speak with one voice: the first that sees an incident tells of
 * it, and the last that sees it ends it. Only needed where no Alertmanager does that.
 *
 * <p>A replica that sees an incident firing claims it again and again, and releases it when it is
 * over for that replica; one that dies without a release counts as gone when its last claim has run
 * out. What throws counts as "tell": where the replicas' common memory is away everyone tells.
 *
 * <p>Called on the channels' threads, possibly concurrently; each call has ten seconds, the thread
 * is interrupted then.
 *
 * @see FleetClaim
 */
public interface NotificationClaim {

  /**
   * Says that this replica sees an incident firing.
   *
   * @param key channel and incident, at most 200 characters; the same in all replicas
   * @param ttl for how long this counts, unless claimed again before
   * @return whether this replica has to tell of it now: nobody has told, or not for as long as
   *     {@link #told} was meant to last, and no other replica is about to. True again for the same
   *     replica until it was told
   * @throws Exception if the common memory cannot be reached
   */
  boolean claim(String key, Duration ttl) throws Exception;

  /**
   * Says that the receiver took what this replica told of a claimed incident.
   *
   * @param key as above
   * @param validFor after which time it has to be told again, by whichever replica comes first
   * @throws Exception if the common memory cannot be reached
   */
  void told(String key, Duration validFor) throws Exception;

  /**
   * Says that this replica does not see the incident firing any longer.
   *
   * @param key as above
   * @return whether its end has to be told, and by whom
   * @throws Exception if the common memory cannot be reached
   */
  Release release(String key) throws Exception;

  /** Who has to tell of an incident's end. */
  enum Release {
    /** This replica was the last to see it: it tells, and the incident is forgotten. */
    LAST,
    /** Others see it firing, or have died of late: ask again when the claims have run out. */
    OTHERS_FIRE,
    /** Nobody: its beginning was not told, or its end was told already. */
    NOTHING_TOLD
  }
}
