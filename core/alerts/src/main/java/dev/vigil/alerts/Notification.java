package dev.vigil.alerts;

import java.time.Instant;
import java.util.List;

/**
 * What one channel is told at once: the alerts of one rule that are firing or have just ended.
 *
 * @param rule the rule's name
 * @param kind what this tells
 * @param alerts at most 20 alerts, the most recent first; all of one rule
 * @param more how many further alerts there are that did not fit
 * @param at when it was put together
 */
public record Notification(String rule, Kind kind, List<Alert> alerts, int more, Instant at) {

  /** What a notification tells. */
  public enum Kind {
    /** At least one alert fires that the channel has not heard of, or has to be reminded of. */
    FIRING,
    /** All alerts of it that the channel had been told of are over. */
    RESOLVED,
    /** Nothing fires: somebody tests whether the channel delivers. */
    TEST
  }

  /** Takes an immutable copy of the alerts. */
  public Notification {
    alerts = List.copyOf(alerts);
  }
}
